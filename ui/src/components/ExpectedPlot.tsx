import { ScrollArea, Table } from "@mantine/core";
import { lazy } from "react";

import { useSpeech } from "../lib/i18n";
import classes from "./ExpectedPlot.module.css";
import { TwoWayPlot } from "./TwoWayPlot";

const Drawing = lazy(() => import("./expectedPlots"));

/** One moment: what was, and what could be expected, if that is known. */
export interface ExpectedRow {
  start: string;
  short: string;
  long: string;
  /** Whether the axis may name it. */
  named: boolean;
  actual: number;
  expected: number | null;
  low: number | null;
  high: number | null;
  /** Out of what was expected: marked. */
  odd: boolean;
}

export interface ExpectedNames {
  row: string;
  actual: string;
  expected: string;
  band: string;
  odd: string;
  limit: string;
}

interface ExpectedPlotProps {
  rows: readonly ExpectedRow[];
  names: ExpectedNames;
  /** A line that is the same at all times. */
  limit: number | null;
  /** Says the whole plot in a sentence, for those who don't see it. */
  label: string;
  height: number;
}

/** What was against what was expected: a drawing, and the table behind it. */
export function ExpectedPlot(props: ExpectedPlotProps) {
  const { number } = useSpeech();
  const { rows, names, limit, label, height } = props;
  const foreseen = rows.some((row) => row.expected !== null);
  return (
    <TwoWayPlot
      label={label}
      height={height}
      legendClass={classes.legend}
      legend={
        <>
          <li data-of="actual">{names.actual}</li>
          {foreseen && <li data-of="expected">{names.expected}</li>}
          {foreseen && <li data-of="band">{names.band}</li>}
          {limit !== null && <li data-of="limit">{names.limit}</li>}
          {rows.some((row) => row.odd) && <li data-of="odd">{names.odd}</li>}
        </>
      }
      table={<Rows {...props} foreseen={foreseen} />}
      drawing={
        <Drawing
          {...props}
          format={number}
          formatShort={(value) =>
            number(value, { notation: "compact", maximumSignificantDigits: 3 })
          }
        />
      }
    />
  );
}

interface RowsProps {
  rows: readonly ExpectedRow[];
  names: ExpectedNames;
  label: string;
  foreseen: boolean;
  height: number;
}

function Rows({ rows, names, label, foreseen, height }: RowsProps) {
  const { number } = useSpeech();
  const shown = (value: number | null) =>
    value === null ? "–" : number(value, { maximumFractionDigits: 1 });
  return (
    <ScrollArea.Autosize
      mah={height}
      type="auto"
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}
    >
      <Table verticalSpacing={6} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{names.row}</Table.Th>
            <Table.Th ta="right">{names.actual}</Table.Th>
            {foreseen && <Table.Th ta="right">{names.expected}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.toReversed().map((row) => (
            <Table.Tr key={row.start}>
              <Table.Td>{row.long}</Table.Td>
              <Table.Td ta="right" className="number" data-odd={row.odd || undefined}>
                {shown(row.actual)}
                {row.odd && <span className={classes.odd}>{` ${names.odd}`}</span>}
              </Table.Td>
              {foreseen && (
                <Table.Td ta="right" className="number">
                  {shown(row.expected)}
                  {row.low !== null && row.high !== null && (
                    <span className={classes.range}>
                      {` (${shown(row.low)}–${shown(row.high)})`}
                    </span>
                  )}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
