import { Button, Group, Modal, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";

import { useSpeech } from "../../../lib/i18n";

interface LeaveWarningProps {
  id: number;
  name: string;
  /** It is done, given away or lost: nothing is left behind. */
  mayLeave: () => boolean;
}

/** Whoever goes away from an open cliente hears that its time runs on. */
export function LeaveWarning({ id, name, mayLeave }: LeaveWarningProps) {
  const { t } = useSpeech();
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => {
      const search = next.search as { cliente?: number };
      const stays = next.pathname === "/my-clients" && search.cliente === id;
      // Whose session is over comes back to it.
      return !stays && next.pathname !== "/sign-in" && !mayLeave();
    },
    enableBeforeUnload: () => !mayLeave(),
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t("desk.leave.title", { name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Text size="sm">{t("desk.leave.text")}</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t("desk.leave.go")}
        </Button>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          {t("desk.leave.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
