import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";

import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useClear } from "./queries";
import { useQueueWords } from "./words";

interface ClearDialogProps {
  /** Which is to be emptied; absent while nobody asks. */
  queue: string | undefined;
  onClose: () => void;
}

/** The queue's name is written by hand: what is removed is never done. */
export function ClearDialog({ queue, onClose }: ClearDialogProps) {
  const { t } = useSpeech();
  const words = useQueueWords();
  return (
    <Modal
      opened={queue !== undefined}
      onClose={onClose}
      title={queue && t("operations.clearOf", { name: words(queue) })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {queue !== undefined && <Sure queue={queue} onClose={onClose} />}
    </Modal>
  );
}

function Sure({ queue, onClose }: { queue: string; onClose: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const clear = useClear();
  const [typed, setTyped] = useState("");
  const sure = typed.trim() === queue;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!sure || clear.isPending) return;
        clear.mutate(queue, {
          onSuccess: ({ removed }) => {
            onClose();
            toasts.say(t("operations.cleared", { count: removed }));
          },
          onError: toasts.failed,
        });
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t("operations.clearSure")}</Text>
        <TextInput
          label={t("operations.clearType", { queue })}
          placeholder={queue}
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
          <Button type="submit" color="red" disabled={!sure} loading={clear.isPending}>
            {t("operations.clear")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
