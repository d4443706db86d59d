import { useCallback } from "react";

import { ApiError } from "../../api/client";
import type { Conversation } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useAssign } from "./queries";

/** Gives the conversation to somebody; whoever comes too late hears who has it. */
export function useTakeIt(talk: Conversation): (userId: string | null) => void {
  const { t } = useSpeech();
  const { say, failed } = useToasts();
  const { mutate } = useAssign(talk.id);
  const expected = talk.assignedTo?.id ?? null;
  return useCallback(
    (userId) =>
      mutate(
        { userId, expected },
        {
          onError: (error) => {
            if (!(error instanceof ApiError) || error.code !== "assigned_meanwhile") {
              failed(error);
              return;
            }
            const name = error.holder?.name;
            say(
              name === undefined
                ? t("inbox.meanwhileNobody")
                : t("inbox.meanwhile", { name }),
            );
          },
        },
      ),
    [mutate, expected, failed, say, t],
  );
}
