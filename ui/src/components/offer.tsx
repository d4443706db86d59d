import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";

import { useSpeech } from "../lib/i18n";

interface Offer {
  message: string;
  /** What can be done about it, while the message is there. */
  label: string;
  onTake: () => void;
}

const PATIENCE = 10_000;

/** Short news about what somebody has just done, with a way to take it back. */
export function useOffer(): (offer: Offer) => void {
  const { t } = useSpeech();
  return useCallback(
    ({ message, label, onTake }) => {
      const id = crypto.randomUUID();
      function take(): void {
        notifications.hide(id);
        onTake();
      }
      notifications.show({
        id,
        color: "teal",
        autoClose: PATIENCE,
        closeButtonProps: { "aria-label": t("action.close") },
        message: (
          <Group justify="space-between" gap="sm" wrap="nowrap">
            <Text size="sm" span>
              {message}
            </Text>
            <Button size="compact-sm" variant="light" onClick={take}>
              {label}
            </Button>
          </Group>
        ),
      });
    },
    [t],
  );
}
