import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from "@tabler/icons-react";

import type { AlertRule } from "../../api/model";
import { Sure } from "../../components/Sure";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useChangeRule, useDeleteRule } from "./queries";

interface RuleActionsProps {
  rule: AlertRule;
  onEdit: () => void;
  onDeleted: () => void;
}

/** What an administrator can do with a rule. */
export function RuleActions({ rule, onEdit, onDeleted }: RuleActionsProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangeRule(rule.id);
  const [asked, { open, close }] = useDisclosure();
  const Sign = rule.enabled ? IconPlayerPause : IconPlayerPlay;
  return (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<Sign size={16} aria-hidden="true" />}
        loading={change.isPending}
        onClick={() =>
          change.mutate({ enabled: !rule.enabled }, { onError: toasts.failed })
        }
      >
        {t(rule.enabled ? "alert.pause" : "alert.resume")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden="true" />}
        onClick={onEdit}
      >
        {t("action.edit")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden="true" />}
        onClick={open}
      >
        {t("alert.delete")}
      </Button>
      <DeleteRule rule={rule} opened={asked} onClose={close} onDeleted={onDeleted} />
    </Group>
  );
}

interface DeleteRuleProps {
  rule: AlertRule;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

function DeleteRule({ rule, opened, onClose, onDeleted }: DeleteRuleProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const remove = useDeleteRule(rule.id);
  return (
    <Sure
      opened={opened}
      title={t("alert.deleteTitle")}
      text={t("alert.deleteText", { name: rule.name })}
      label={t("alert.delete")}
      danger
      pending={remove.isPending}
      onSure={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            toasts.say(t("alert.deleted"));
            onDeleted();
          },
          onError: toasts.failed,
        })
      }
      onClose={onClose}
    />
  );
}
