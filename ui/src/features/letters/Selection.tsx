import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";

import type { DeadLetter } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import classes from "./Letters.module.css";
import { useDecideLetters } from "./queries";

interface SelectionProps {
  items: readonly DeadLetter[];
  chosen: ReadonlySet<number>;
  onChosen: (chosen: ReadonlySet<number>) => void;
}

/** What is selected, and what is to become of it. */
export function Selection({ items, chosen, onChosen }: SelectionProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const replay = useDecideLetters("replay");
  const [dropping, setDropping] = useState(false);
  const ids = items.map(({ id }) => id).filter((id) => chosen.has(id));
  const all = ids.length === items.length;

  return (
    <div className={classes.bar}>
      <Checkbox
        label={
          ids.length === 0
            ? t("letters.selectAll")
            : t("letters.selected", { count: ids.length })
        }
        checked={all}
        indeterminate={ids.length > 0 && !all}
        onChange={() => onChosen(new Set(all ? [] : items.map(({ id }) => id)))}
      />
      <Group gap="xs">
        <Button
          size="compact-sm"
          disabled={ids.length === 0}
          loading={replay.isPending}
          onClick={() =>
            replay.mutate(ids, {
              onSuccess: ({ count }) => {
                onChosen(new Set());
                toasts.say(t("letters.replayed", { count }));
              },
              onError: toasts.failed,
            })
          }
        >
          {t("letters.replay")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={ids.length === 0}
          onClick={() => setDropping(true)}
        >
          {t("letters.drop")}
        </Button>
      </Group>
      <Modal
        opened={dropping}
        onClose={() => setDropping(false)}
        title={t("letters.drop")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Drop
          ids={ids}
          onClose={() => setDropping(false)}
          onDropped={() => onChosen(new Set())}
        />
      </Modal>
    </div>
  );
}

interface DropProps {
  ids: number[];
  onClose: () => void;
  onDropped: () => void;
}

function Drop({ ids, onClose, onDropped }: DropProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const drop = useDecideLetters("drop");
  return (
    <Stack gap="md">
      <Text size="sm">{t("letters.dropSure", { count: ids.length })}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button
          color="red"
          loading={drop.isPending}
          onClick={() =>
            drop.mutate(ids, {
              onSuccess: ({ count }) => {
                onClose();
                onDropped();
                toasts.say(t("letters.dropped", { count }));
              },
              onError: toasts.failed,
            })
          }
        >
          {t("letters.drop")}
        </Button>
      </Group>
    </Stack>
  );
}
