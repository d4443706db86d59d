import { notifications } from "@mantine/notifications";
import { useMemo } from "react";

import { useSpeech } from "../lib/i18n";
import { useErrorText } from "./errors";

interface Toasts {
  say: (message: string) => void;
  saved: () => void;
  failed: (error: unknown) => void;
}

/** Short news about what somebody has just done. */
export function useToasts(): Toasts {
  const { t } = useSpeech();
  const errorText = useErrorText();
  return useMemo(() => {
    const closeButtonProps = { "aria-label": t("action.close") };
    const say = (message: string) =>
      void notifications.show({ message, color: "teal", closeButtonProps });
    return {
      say,
      saved: () => say(t("state.saved")),
      failed: (error) =>
        void notifications.show({
          message: errorText(error),
          color: "red",
          closeButtonProps,
        }),
    };
  }, [t, errorText]);
}
