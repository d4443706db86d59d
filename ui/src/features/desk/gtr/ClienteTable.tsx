import { Checkbox, Table, Text } from "@mantine/core";
import { memo } from "react";

import type { Cliente } from "../../../api/model";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { showPhone } from "../../contacts/words";
import { USUAL_COLUMNS, type Column } from "../columns";
import { ClienteCell, HEADS } from "./ClienteCell";
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
  columns: readonly Column[];
}

/** What is there on a phone, too. */
const LOUD: readonly Column[] = ["status", "timer", "asesor"];

/** Among the usual columns there is not always room for the last. */
function lateOf(column: Column, columns: readonly Column[]): string | undefined {
  return column === "created" && columns === USUAL_COLUMNS ? classes.late : undefined;
}

/** One row each; on a phone one card each. */
export function ClienteTable({ clientes, columns, ...actions }: ClienteTableProps) {
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
            {columns.map((column) => (
              <Table.Th key={column} scope="col" className={lateOf(column, columns)}>
                {t(HEADS[column])}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clientes.map((cliente) => (
            <Row
              key={cliente.id}
              cliente={cliente}
              columns={columns}
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
  columns: readonly Column[];
  selected: boolean;
}

const Row = memo(function Row({
  cliente,
  columns,
  selected,
  selection,
  onOpen,
  onAssign,
}: RowProps) {
  const { t } = useSpeech();
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
      {columns.map((column) => (
        <Table.Td
          key={column}
          className={`${classes.cell ?? ""} ${lateOf(column, columns) ?? ""}`}
          data-column={column}
          data-quiet={!LOUD.includes(column) || undefined}
        >
          <ClienteCell
            column={column}
            cliente={cliente}
            onAssign={() => onAssign([cliente.id])}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );
});
