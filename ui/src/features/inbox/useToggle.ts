import { useCallback } from "react";

import type { Conversation } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useSetStatus } from "./queries";

/** Closes the conversation, or opens it again. */
export function useToggle({ id, status }: Conversation): () => void {
  const { t } = useSpeech();
  const { say, failed } = useToasts();
  const { mutate } = useSetStatus(id);
  return useCallback(() => {
    const next = status === "open" ? "closed" : "open";
    mutate(next, {
      onSuccess: () =>
        say(t(next === "closed" ? "inbox.wasClosed" : "inbox.wasReopened")),
      onError: failed,
    });
  }, [status, mutate, say, failed, t]);
}
