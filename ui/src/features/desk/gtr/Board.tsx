import { Button, Skeleton, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { Cliente, Status } from "../../../api/model";
import { Failed } from "../../../components/States";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { showPhone } from "../../contacts/words";
import { Countdown } from "../Countdown";
import { STATUSES } from "../filters";
import { GoalTimer, Marks } from "../Goals";
import { clientesQuery, type Wanted } from "../queries";
import { StatusChip } from "../StatusChip";
import { AsesorCell } from "./AsesorCell";
import type { RowActions } from "./ClienteTable";
import classes from "./Gtr.module.css";
import { takeAlong } from "./dragging";

const PER_COLUMN = 30;

interface BoardProps extends RowActions {
  wanted: Wanted;
}

/** A column for each state. */
export function Board({ wanted, ...actions }: BoardProps) {
  const { t } = useSpeech();
  const shown = STATUSES.filter((status) => wanted.estatus?.includes(status) ?? true);
  return (
    <div
      className={classes.board}
      data-scrolls
      role="group"
      aria-label={t("desk.view.board")}
      tabIndex={0}
    >
      {shown.map((status) => (
        <Column key={status} status={status} wanted={wanted} {...actions} />
      ))}
    </div>
  );
}

function Column({ status, wanted, ...actions }: BoardProps & { status: Status }) {
  const { t } = useSpeech();
  const found = useInfiniteQuery(
    clientesQuery({ ...wanted, estatus: [status] }, PER_COLUMN),
  );
  const clientes = found.data?.pages.flatMap(({ items }) => items);
  return (
    <section className={classes.column} aria-label={t(`desk.status.${status}`)}>
      <div className={classes.columnHead}>
        <StatusChip status={status} />
      </div>
      {found.isPending && <Skeleton height={72} />}
      {found.isError && clientes === undefined && (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      )}
      {clientes?.length === 0 && (
        <Text size="xs" c="dimmed" ta="center" py="md">
          {t("desk.columnEmpty")}
        </Text>
      )}
      <ul className={classes.cards}>
        {clientes?.map((cliente) => (
          <Card key={cliente.id} cliente={cliente} {...actions} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("desk.more")}
        </Button>
      )}
    </section>
  );
}

function Card({
  cliente,
  selection,
  onOpen,
  onAssign,
}: RowActions & { cliente: Cliente }) {
  const { id, nombre, telefono, campaign } = cliente;
  const away = useAway();
  return (
    <li
      className={classes.card}
      data-cliente={id}
      data-selected={selection.has(id) || undefined}
      draggable={!away}
      onDragStart={(event) => takeAlong(event, selection.withOne(id))}
    >
      <button
        type="button"
        id={`cliente-${String(id)}`}
        className={classes.open}
        onClick={() => onOpen(id)}
      >
        {nombre}
      </button>
      <Text size="xs" c="dimmed" truncate>
        {[telefono && showPhone(telefono), campaign].filter(Boolean).join(" · ")}
      </Text>
      <div className={classes.cardFoot}>
        <AsesorCell cliente={cliente} onAssign={() => onAssign([id])} />
        <span className={classes.timers}>
          <Marks cliente={cliente} />
          <Countdown cliente={cliente} />
          <GoalTimer cliente={cliente} />
        </span>
      </div>
    </li>
  );
}
