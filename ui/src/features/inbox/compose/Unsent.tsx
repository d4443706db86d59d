import { Button, Group, Text } from "@mantine/core";

import { ApiError } from "../../../api/client";
import { useErrorText } from "../../../components/errors";
import { useSpeech, type TextKey } from "../../../lib/i18n";
import classes from "../Thread.module.css";
import type { Outgoing, Waiting } from "./useSending";

const REASONS: Readonly<Record<string, TextKey>> = {
  window_closed: "inbox.windowClosed",
  person_blocked: "inbox.isBlocked",
  channel_held: "inbox.held",
};

interface UnsentProps {
  waiting: readonly Waiting[];
  onAgain: (message: Outgoing) => void;
  onDrop: (key: string) => void;
}

/** What is on its way to the server, or did not get there. */
export function Unsent({ waiting, onAgain, onDrop }: UnsentProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const word = (error: unknown) => {
    const key = error instanceof ApiError ? REASONS[error.code] : undefined;
    return key === undefined ? errorText(error) : t(key);
  };
  return waiting.map((one) => (
    <div key={one.key} className={classes.unsent} role="status">
      <div className={classes.unsentText}>{one.label}</div>
      {one.error === null ? (
        <Text size="xs" c="dimmed">
          {t("inbox.sending")}
        </Text>
      ) : (
        <Group gap="xs">
          <Text size="xs" c="red">
            {t("inbox.notSent")}: {word(one.error)}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => onAgain(one)}>
            {t("inbox.again")}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => onDrop(one.key)}
          >
            {t("inbox.discard")}
          </Button>
        </Group>
      )}
    </div>
  ));
}
