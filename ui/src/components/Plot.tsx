import { ActionIcon, ScrollArea, Skeleton, Table, Tooltip } from "@mantine/core";
import { IconChartAreaLine, IconTable } from "@tabler/icons-react";
import { lazy, Suspense, useState, type ReactNode } from "react";

import { useSpeech } from "../lib/i18n";
import classes from "./Plot.module.css";

const Drawing = lazy(() => import("./plots"));

export type PlotKind = "area" | "bars";

export interface PlotRow {
  /** What tells this row from the others. */
  start: string;
  /** The row's name under the axis, and in full. */
  short: string;
  long: string;
  /** Whether the axis may name it. */
  named: boolean;
  /** Null for what is still to come. */
  value: number | null;
}

interface PlotProps {
  kind: PlotKind;
  rows: readonly PlotRow[];
  /** What the numbers count, and what the rows are. */
  name: string;
  rowName: string;
  /** Says the whole plot in a sentence, for those who don't see it. */
  label: string;
  height: number;
  /** The last row is no different from the others: it is not what happens now. */
  plain?: boolean;
  /** How a number is written, and under the axis; as a plain one if nothing is said. */
  format?: ((value: number) => string) | undefined;
  formatShort?: ((value: number) => string) | undefined;
  /** What stands left of the switch between plot and table. */
  controls?: ReactNode;
}

/** Numbers over time, to look at or to read: a drawing and the table behind it. */
export function Plot({
  kind,
  plain = false,
  controls,
  format,
  formatShort,
  ...shown
}: PlotProps) {
  const { number } = useSpeech();
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={classes.plot} aria-label={shown.label}>
      <div className={classes.controls}>
        <div className={classes.left}>{controls}</div>
        <TableSwitch asTable={asTable} onTable={setAsTable} />
      </div>
      {asTable ? (
        <Rows {...shown} format={format ?? number} />
      ) : (
        <Suspense fallback={<Skeleton height={shown.height} />}>
          <Drawing
            kind={kind}
            rows={shown.rows}
            name={shown.name}
            label={shown.label}
            height={shown.height}
            plain={plain}
            format={format ?? number}
            formatShort={
              formatShort ??
              ((value) =>
                number(value, { notation: "compact", maximumSignificantDigits: 3 }))
            }
          />
        </Suspense>
      )}
    </figure>
  );
}

type RowsProps = Pick<PlotProps, "rows" | "name" | "rowName" | "label" | "height"> & {
  format: (value: number) => string;
};

interface TableSwitchProps {
  asTable: boolean;
  onTable: (asTable: boolean) => void;
}

/** Changes between a drawing and the table behind it. */
export function TableSwitch({ asTable, onTable }: TableSwitchProps) {
  const { t } = useSpeech();
  const other = asTable ? t("plot.plot") : t("plot.table");
  return (
    <Tooltip label={other}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={other}
        aria-pressed={asTable}
        onClick={() => onTable(!asTable)}
      >
        {asTable ? <IconChartAreaLine size={18} /> : <IconTable size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

function Rows({ rows, name, rowName, label, height, format }: RowsProps) {
  return (
    <ScrollArea.Autosize
      mah={height}
      type="auto"
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}
    >
      <Table verticalSpacing={6} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{rowName}</Table.Th>
            <Table.Th ta="right">{name}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.toReversed().map(
            (row) =>
              row.value !== null && (
                <Table.Tr key={row.start}>
                  <Table.Td>{row.long}</Table.Td>
                  <Table.Td ta="right" className="number">
                    {format(row.value)}
                  </Table.Td>
                </Table.Tr>
              ),
          )}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
