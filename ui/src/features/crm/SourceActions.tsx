import { Button, Group, Modal, Stack, Switch, Text } from "@mantine/core";
import { IconKey, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import type { ListedSource } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useChangeSource, useDeleteSource, useNewSecret } from "./queries";

interface SourceActionsProps {
  source: ListedSource;
  onDeleted: () => void;
}

export function SourceActions({ source, onDeleted }: SourceActionsProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangeSource(source.id);
  const [asking, setAsking] = useState<"rotate" | "delete">();
  const close = () => setAsking(undefined);
  return (
    <Group gap="sm">
      <Switch
        label={t("crm.on")}
        checked={source.enabled}
        disabled={change.isPending}
        onChange={({ currentTarget }) =>
          change.mutate(
            { enabled: currentTarget.checked },
            { onSuccess: toasts.saved, onError: toasts.failed },
          )
        }
      />
      <Button
        variant="default"
        leftSection={<IconKey size={16} aria-hidden="true" />}
        onClick={() => setAsking("rotate")}
      >
        {t("crm.rotate")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden="true" />}
        onClick={() => setAsking("delete")}
      >
        {t("crm.delete")}
      </Button>
      <Rotate source={source} opened={asking === "rotate"} onClose={close} />
      <Delete
        source={source}
        opened={asking === "delete"}
        onClose={close}
        onDeleted={onDeleted}
      />
    </Group>
  );
}

interface QuestionProps {
  source: ListedSource;
  opened: boolean;
  onClose: () => void;
}

function Rotate({ source, opened, onClose }: QuestionProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const rotate = useNewSecret(source.id);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("crm.rotate")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{t("crm.rotateSure")}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            data-autofocus
            loading={rotate.isPending}
            onClick={() =>
              rotate.mutate(undefined, { onSuccess: onClose, onError: toasts.failed })
            }
          >
            {t("crm.rotate")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Delete({
  source,
  opened,
  onClose,
  onDeleted,
}: QuestionProps & { onDeleted: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const remove = useDeleteSource(source.id);
  const change = useChangeSource(source.id);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("crm.deleteOf", { name: source.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{t("crm.deleteSure")}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          {source.enabled && (
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() =>
                change.mutate(
                  { enabled: false },
                  { onSuccess: onClose, onError: toasts.failed },
                )
              }
            >
              {t("crm.offInstead")}
            </Button>
          )}
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(undefined, { onSuccess: onDeleted, onError: toasts.failed })
            }
          >
            {t("crm.delete")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
