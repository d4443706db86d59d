import { Alert, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconBrowser, IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { ApiError } from "../../../api/client";
import type { Cliente } from "../../../api/model";
import { Panel } from "../../../components/Panel";
import { Failed } from "../../../components/States";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import type { SocketStatus } from "../../../lib/socket";
import { showPhone } from "../../contacts/words";
import { Countdown } from "../Countdown";
import { clienteQuery, deskSettingsQuery } from "../queries";
import { StatusChip } from "../StatusChip";
import { secondsUntil } from "../timing";
import { useNow } from "../useNow";
import { useNextAction } from "../words";
import classes from "./Asesor.module.css";
import { draftQuery } from "./calls";
import { LeaveWarning } from "./LeaveWarning";
import { lostByError, type Lost } from "./lost";
import { Steps } from "./Steps";
import { useLease, type Hand } from "./useLease";

interface WizardProps {
  id: number;
  live: SocketStatus;
  onClose: () => void;
  onLost: (lost: Lost, cliente: Cliente | undefined) => void;
}

/** One cliente in hand: who it is, how long there is, and what is to be found out. */
export function Wizard({ id, live, onClose, onLost }: WizardProps) {
  const { t } = useSpeech();
  const cliente = useQuery({ ...clienteQuery(id), enabled: false }).data;
  const hand = useLease(id, live, (lost) => onLost(lost, cliente));
  const { lease } = hand;
  return (
    <Panel>
      {cliente !== undefined && (
        <>
          <Head cliente={cliente} onClose={onClose} />
          <Written cliente={cliente} />
        </>
      )}
      {lease.state === "opening" && (
        <Stack gap="md" aria-hidden="true">
          <Skeleton height={48} />
          <Skeleton height={160} />
        </Stack>
      )}
      {lease.state === "failed" && <NotOpened error={lease.error} onClose={onClose} />}
      {lease.state === "elsewhere" && (
        <Elsewhere onTakeOver={hand.takeOver} onClose={onClose} />
      )}
      {lease.state === "held" && cliente !== undefined && (
        <Held
          hand={hand}
          token={lease.token}
          cliente={cliente}
          live={live}
          onClose={onClose}
        />
      )}
      {(lease.state === "opening" || lease.state === "held") && cliente === undefined && (
        <Text size="sm" c="dimmed" role="status">
          {t("state.loading")}
        </Text>
      )}
    </Panel>
  );
}

function Head({ cliente, onClose }: { cliente: Cliente; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" mb="md">
      <div className={classes.headWords}>
        <Group gap="xs">
          <h2 className={classes.name}>{cliente.nombre}</h2>
          <StatusChip status={cliente.seguimiento_status} />
          <Countdown cliente={cliente} />
        </Group>
        <Group gap="2px 16px">
          {cliente.telefono !== null && (
            <a className={classes.reach} href={`tel:${cliente.telefono}`}>
              {showPhone(cliente.telefono)}
            </a>
          )}
          {cliente.email !== null && (
            <a className={classes.reach} href={`mailto:${cliente.email}`}>
              {cliente.email}
            </a>
          )}
          {cliente.campaign !== null && (
            <Text size="sm" c="dimmed">
              {cliente.campaign}
            </Text>
          )}
        </Group>
      </div>
      <Button variant="default" size="xs" className={classes.close} onClick={onClose}>
        {t("action.close")}
      </Button>
    </Group>
  );
}

/** What is written down of it already. */
function Written({ cliente }: { cliente: Cliente }) {
  const { t } = useSpeech();
  const next = useNextAction()(cliente);
  const { notas } = cliente;
  if (next === null && notas === null) return null;
  return (
    <dl className={classes.written}>
      {next !== null && (
        <div>
          <dt>{t("desk.nextAction")}</dt>
          <dd>{next}</dd>
        </div>
      )}
      {notas !== null && (
        <div>
          <dt>{t("desk.field.notas")}</dt>
          <dd>{notas}</dd>
        </div>
      )}
    </dl>
  );
}

function NotOpened({ error, onClose }: { error: unknown; onClose: () => void }) {
  const { t } = useSpeech();
  const lost = lostByError(error, "");
  const holder = error instanceof ApiError ? error.holder?.name : undefined;
  if (lost === undefined) return <Failed error={error} onRetry={onClose} />;
  return (
    <Alert
      color="orange"
      variant="light"
      role="alert"
      icon={<IconLock aria-hidden="true" />}
      title={t("desk.notOpened")}
    >
      <Text size="sm" mb="sm">
        {holder === undefined ? t("desk.notYours") : t("desk.lockedBy", { name: holder })}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onClose}>
        {t("desk.backToMine")}
      </Button>
    </Alert>
  );
}

interface ElsewhereProps {
  onTakeOver: () => void;
  onClose: () => void;
}

/** Of two windows one has it. */
function Elsewhere({ onTakeOver, onClose }: ElsewhereProps) {
  const { t } = useSpeech();
  const away = useAway();
  return (
    <Alert
      color="blue"
      variant="light"
      role="alert"
      icon={<IconBrowser aria-hidden="true" />}
      title={t("desk.elsewhere.title")}
    >
      <Text size="sm" mb="sm">
        {t("desk.elsewhere.text")}
      </Text>
      <Group gap="xs">
        <Button size="compact-sm" disabled={away} onClick={onTakeOver}>
          {t("desk.elsewhere.here")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t("desk.backToMine")}
        </Button>
      </Group>
    </Alert>
  );
}

interface HeldProps {
  hand: Hand;
  token: string;
  cliente: Cliente;
  live: SocketStatus;
  onClose: () => void;
}

function Held({ hand, token, cliente, live, onClose }: HeldProps) {
  const { id } = cliente;
  const draft = useQuery(draftQuery(id));
  // It begins with what holds now; what an admin changes meanwhile is told.
  const settings = useQuery({ ...deskSettingsQuery(), refetchOnMount: "always" });
  const steps = settings.isFetchedAfterMount ? settings.data : undefined;
  const error = draft.error ?? settings.error;
  return (
    <>
      <TimeOver cliente={cliente} look={hand.look} live={live} />
      <LeaveWarning id={id} name={cliente.nombre} mayLeave={hand.mayLeave} />
      {draft.data !== undefined && steps !== undefined ? (
        <Steps
          hand={hand}
          token={token}
          cliente={cliente}
          draft={draft.data}
          settings={steps}
          onDone={onClose}
        />
      ) : error !== null ? (
        <Failed
          error={error}
          onRetry={() => {
            void draft.refetch();
            void settings.refetch();
          }}
        />
      ) : (
        <Skeleton height={160} />
      )}
    </>
  );
}

/** How often the server is asked whether it was taken away, once time is up. */
const ASK_SECONDS = 5;

interface TimeOverProps {
  cliente: Cliente;
  live: SocketStatus;
  look: () => void;
}

/** Time is up: the server says what becomes of it, if it can be asked. */
function TimeOver({ cliente, live, look }: TimeOverProps) {
  const { t } = useSpeech();
  const now = useNow();
  const left = cliente.due_at === null ? 1 : secondsUntil(cliente.due_at, now);
  const over = left <= 0;
  const round = over ? Math.floor(-left / ASK_SECONDS) : -1;
  useEffect(() => {
    if (round >= 0) look();
  }, [round, look]);
  if (!over) return null;
  return (
    <Alert color="red" variant="light" role="alert" mb="md" title={t("desk.timeOver")}>
      {t(live === "live" ? "desk.timeOverAsking" : "desk.timeOverAway")}
    </Alert>
  );
}
