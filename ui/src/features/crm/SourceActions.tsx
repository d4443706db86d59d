import { Button, Group, Switch } from "@mantine/core";
import { IconKey, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import type { ListedSource } from "../../api/model";
import { Sure } from "../../components/Sure";
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
    <Sure
      opened={opened}
      title={t("crm.rotate")}
      text={t("crm.rotateSure")}
      label={t("crm.rotate")}
      pending={rotate.isPending}
      onSure={() =>
        rotate.mutate(undefined, { onSuccess: onClose, onError: toasts.failed })
      }
      onClose={onClose}
    />
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
    <Sure
      opened={opened}
      title={t("crm.deleteOf", { name: source.name })}
      text={t("crm.deleteSure")}
      label={t("crm.delete")}
      danger
      pending={remove.isPending}
      onSure={() =>
        remove.mutate(undefined, { onSuccess: onDeleted, onError: toasts.failed })
      }
      onClose={onClose}
      instead={
        source.enabled && (
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
        )
      }
    />
  );
}
