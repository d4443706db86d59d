import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";

import type { PartitionMonth } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { useMonthWord } from "./months";

interface RemoveDialogProps {
  /** Which is to go; absent while nobody asks. */
  month: PartitionMonth | undefined;
  shared: boolean;
  removing: boolean;
  onRemove: (month: string) => void;
  onClose: () => void;
}

/** The month is written by hand: what goes does not come back. */
export function RemoveDialog({ month, onClose, ...rest }: RemoveDialogProps) {
  const { t } = useSpeech();
  const monthWord = useMonthWord();
  return (
    <Modal
      opened={month !== undefined}
      onClose={onClose}
      title={month && t("partitions.removeOf", { month: monthWord(month.month) })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {month !== undefined && <Sure month={month} onClose={onClose} {...rest} />}
    </Modal>
  );
}

type SureProps = RemoveDialogProps & { month: PartitionMonth };

function Sure({ month, shared, removing, onRemove, onClose }: SureProps) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState("");
  const sure = typed.trim() === month.month;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (sure && !removing) onRemove(month.month);
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t("partitions.sure", { count: month.events })}</Text>
        {shared && <Text size="sm">{t("partitions.sureShared")}</Text>}
        {month.accepted && (
          <Alert
            color="yellow"
            variant="light"
            icon={<IconAlertTriangle aria-hidden="true" />}
          >
            {t(month.current ? "partitions.sureCurrent" : "partitions.sureAccepted")}
          </Alert>
        )}
        <TextInput
          label={t("partitions.type", { month: month.month })}
          placeholder={month.month}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" color="red" disabled={!sure} loading={removing}>
            {t("partitions.removeForEver")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
