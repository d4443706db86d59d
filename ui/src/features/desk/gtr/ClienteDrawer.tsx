import { Alert, Button, Drawer, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconLock, IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Cliente } from "../../../api/model";
import { LinkText } from "../../../components/links";
import { Failed } from "../../../components/States";
import { useToasts } from "../../../components/toasts";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { showPhone } from "../../contacts/words";
import { Countdown } from "../Countdown";
import { History } from "../History";
import { clienteQuery, useBreakLock, useSetStatus } from "../queries";
import { StatusChip } from "../StatusChip";
import { useDeskError, useNextAction } from "../words";
import classes from "./Gtr.module.css";

interface ClienteDrawerProps {
  id: number | undefined;
  onClose: () => void;
  onAssign: (ids: readonly number[]) => void;
}

/** One cliente: how it stands, what happened to it, and what a supervisor may do. */
export function ClienteDrawer({ id, onClose, onAssign }: ClienteDrawerProps) {
  const { t } = useSpeech();
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="md"
      title={t("desk.cliente", { id: String(id ?? "") })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {id !== undefined && <Loaded id={id} onAssign={() => onAssign([id])} />}
    </Drawer>
  );
}

function Loaded({ id, onAssign }: { id: number; onAssign: () => void }) {
  const cliente = useQuery(clienteQuery(id));
  if (cliente.data !== undefined) {
    return (
      <Stack gap="lg">
        <Facts cliente={cliente.data} />
        <Actions cliente={cliente.data} onAssign={onAssign} />
        <History id={id} />
      </Stack>
    );
  }
  if (cliente.isPending) return <Skeleton height={240} />;
  return <Failed error={cliente.error} onRetry={() => void cliente.refetch()} />;
}

function Facts({ cliente }: { cliente: Cliente }) {
  const { t } = useSpeech();
  const nextAction = useNextAction();
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("desk.field.telefono"), cliente.telefono && showPhone(cliente.telefono)],
    [t("desk.field.email"), cliente.email],
    [t("desk.column.campaign"), cliente.campaign],
    [t("desk.asesor"), cliente.asesor_nombre],
    [t("desk.outcome"), cliente.outcome],
    [t("desk.nextAction"), nextAction(cliente)],
    [t("desk.field.notas"), cliente.notas],
  ];
  return (
    <div>
      <Group gap="sm" mb={6}>
        <Text fw={640} size="lg">
          {cliente.nombre}
        </Text>
        <StatusChip status={cliente.seguimiento_status} />
        <Countdown cliente={cliente} />
      </Group>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== null && value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {cliente.contact_id !== null && (
        <LinkText
          to="/contacts/$contactId"
          params={{ contactId: cliente.contact_id }}
          size="sm"
        >
          {t("desk.openContact")}
        </LinkText>
      )}
    </div>
  );
}

function Actions({ cliente, onAssign }: { cliente: Cliente; onAssign: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const deskError = useDeskError();
  const away = useAway();
  const move = useSetStatus();
  const unlock = useBreakLock();
  const { id, version, seguimiento_status: status, lock } = cliente;
  const mayWithdraw = status === "derivado" || status === "en_gestion";
  const mayReopen = status === "terminado";
  const onError = (error: unknown) => deskError(error);
  const renew = () =>
    move.mutate(
      {
        cliente: id,
        body: { tipo: "gtr", estatus: "nuevo", version, breakLock: true },
      },
      { onError },
    );
  return (
    <Stack gap="sm">
      {lock !== null && (
        <Alert
          variant="light"
          color="blue"
          icon={<IconLock aria-hidden="true" />}
          title={t("desk.lockedBy", { name: lock.holder.name })}
        >
          <Button
            size="compact-sm"
            variant="default"
            loading={unlock.isPending}
            disabled={away}
            onClick={() =>
              unlock.mutate(id, {
                onError,
                onSuccess: () => toasts.say(t("desk.lockBroken")),
              })
            }
          >
            {t("desk.breakLock")}
          </Button>
        </Alert>
      )}
      <Group gap="xs">
        <Button
          leftSection={<IconUserPlus size={16} aria-hidden="true" />}
          disabled={away}
          onClick={onAssign}
        >
          {t(cliente.asesor_asignado === null ? "desk.assign" : "desk.reassign")}
        </Button>
        {(mayWithdraw || mayReopen) && (
          <Button
            variant="default"
            loading={move.isPending}
            disabled={away}
            onClick={renew}
          >
            {t(mayWithdraw ? "desk.withdraw" : "desk.reopen")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
