import { Checkbox, Table, Text } from "@mantine/core";
import { memo } from "react";

import type { Cliente } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { showMoment } from "../../../lib/time";
import { showPhone, useSourceWord } from "../../contacts/words";
import { Countdown } from "../Countdown";
import { GoalTimer, Marks } from "../Goals";
import { StatusChip } from "../StatusChip";
import { AsesorCell } from "./AsesorCell";
import classes from "./Gtr.module.css";
import { takeAlong } from "./dragging";
import type { Selection } from "./useSelection";

export interface RowActions {
  selection: Selection;
  onOpen: (id: number) => void;
  onAssign: (ids: readonly number[]) => void;
}

interface ClienteTableProps extends RowActions {
  clientes: readonly Cliente[];
}

/** One row each; on a phone one card each. */
export function ClienteTable({ clientes, ...actions }: ClienteTableProps) {
  const { t } = useSpeech();
  const { selection } = actions;
  const ids = clientes.map(({ id }) => id);
  const chosen = ids.filter((id) => selection.has(id)).length;
  return (
    <div data-scrolls className={classes.scrolls}>
      <Table className={classes.table} horizontalSpacing="sm" verticalSpacing={8}>
        <Table.Caption className="visually-hidden">{t("desk.title")}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">
              <Checkbox
                aria-label={t("desk.selectAll")}
                checked={chosen === ids.length}
                indeterminate={chosen > 0 && chosen < ids.length}
                onChange={() => selection.set(chosen === ids.length ? [] : ids)}
              />
            </Table.Th>
            <Table.Th scope="col">{t("desk.column.cliente")}</Table.Th>
            <Table.Th scope="col">{t("desk.column.status")}</Table.Th>
            <Table.Th scope="col">{t("desk.column.timer")}</Table.Th>
            <Table.Th scope="col">{t("desk.asesor")}</Table.Th>
            <Table.Th scope="col">{t("desk.column.campaign")}</Table.Th>
            <Table.Th scope="col">{t("desk.column.returns")}</Table.Th>
            <Table.Th scope="col" className={classes.late}>
              {t("desk.column.created")}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clientes.map((cliente) => (
            <Row
              key={cliente.id}
              cliente={cliente}
              selected={selection.has(cliente.id)}
              {...actions}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface RowProps extends RowActions {
  cliente: Cliente;
  selected: boolean;
}

const Row = memo(function Row({
  cliente,
  selected,
  selection,
  onOpen,
  onAssign,
}: RowProps) {
  const { t, locale, number } = useSpeech();
  const { tenant } = useMe();
  const sourceWord = useSourceWord();
  const away = useAway();
  return (
    <Table.Tr
      className={classes.row}
      data-cliente={cliente.id}
      data-selected={selected || undefined}
      draggable={!away}
      onDragStart={(event) => takeAlong(event, selection.withOne(cliente.id))}
    >
      <Table.Td className={classes.tick}>
        <Checkbox
          aria-label={t("desk.selectOne", { name: cliente.nombre })}
          checked={selected}
          onChange={() => selection.toggle(cliente.id)}
        />
      </Table.Td>
      <Table.Td className={classes.who}>
        <button
          type="button"
          id={`cliente-${String(cliente.id)}`}
          className={classes.open}
          onClick={() => onOpen(cliente.id)}
        >
          {cliente.nombre}
        </button>
        <Text size="xs" c="dimmed" truncate>
          {[cliente.telefono && showPhone(cliente.telefono), cliente.email]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </Table.Td>
      <Table.Td className={classes.cell}>
        <span className={classes.timers}>
          <StatusChip status={cliente.seguimiento_status} />
          <Marks cliente={cliente} />
        </span>
      </Table.Td>
      <Table.Td className={classes.cell}>
        <span className={classes.timers}>
          <Countdown cliente={cliente} />
          <GoalTimer cliente={cliente} />
        </span>
      </Table.Td>
      <Table.Td className={classes.cell}>
        <AsesorCell cliente={cliente} onAssign={() => onAssign([cliente.id])} />
      </Table.Td>
      <Table.Td className={classes.cell} data-quiet>
        {cliente.campaign ?? sourceWord(cliente.source)}
      </Table.Td>
      <Table.Td
        className={classes.cell}
        data-quiet
        data-label={t("desk.column.returns")}
        data-none={cliente.returns === 0 || undefined}
      >
        {number(cliente.returns)}
      </Table.Td>
      <Table.Td className={`${classes.cell ?? ""} ${classes.late ?? ""}`} data-quiet>
        {showMoment(locale, tenant.timeZone, cliente.created_at)}
      </Table.Td>
    </Table.Tr>
  );
});
