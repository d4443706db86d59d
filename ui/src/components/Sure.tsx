import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { useSpeech } from "../lib/i18n";

interface SureProps {
  opened: boolean;
  title: string;
  /** What follows of it. */
  text: string;
  /** What is done, as its button says it. */
  label: string;
  /** Something is lost by it. */
  danger?: boolean;
  pending: boolean;
  onSure: () => void;
  onClose: () => void;
  /** A gentler way, beside it. */
  instead?: ReactNode;
}

/** Asks once more before it is done; what loses something is not under the finger that asked. */
export function Sure(props: SureProps) {
  const { t } = useSpeech();
  const { opened, title, text, label, danger = false, pending } = props;
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        <Group justify="flex-end" gap="xs">
          <Button
            {...(danger ? { "data-autofocus": true } : {})}
            variant="default"
            onClick={props.onClose}
          >
            {t("action.cancel")}
          </Button>
          {props.instead}
          <Button
            {...(danger ? { color: "red" } : { "data-autofocus": true })}
            loading={pending}
            onClick={props.onSure}
          >
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
