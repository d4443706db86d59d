/** What drawings over time have in common; fetched with them. */
import { Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";

import frame from "./TwoWayPlot.module.css";

interface TimedRow {
  start: string;
  /** Below the axis, if it is named there. */
  short: string;
  long: string;
  named: boolean;
}

const PLAIN = {
  tickLine: false,
  axisLine: false,
  tick: { fill: "var(--mantine-color-dimmed)", fontSize: 12 },
} as const;

/** As many of the named rows as there is room for. */
export function timeAxis(byStart: ReadonlyMap<string, TimedRow>) {
  return {
    ...PLAIN,
    dataKey: "start",
    ticks: [...byStart.values()].filter(({ named }) => named).map(({ start }) => start),
    tickFormatter: (start: string) => byStart.get(start)?.short ?? "",
    minTickGap: 28,
    interval: "preserveStartEnd",
    tickMargin: 8,
  } as const;
}

/** As wide as the longest of these labels. */
export function valueAxis(
  labels: readonly string[],
  formatShort: (value: number) => string,
) {
  return {
    ...PLAIN,
    width: 16 + Math.max(1, ...labels.map((label) => label.length)) * 7,
    tickFormatter: formatShort,
  };
}

interface TipProps {
  row: TimedRow;
  children: ReactNode;
  /** Below the figures. */
  note?: ReactNode;
}

/** What is read beside a row: names on the left, figures on the right. */
export function Tip({ row, children, note }: TipProps) {
  return (
    <Paper px="sm" py={6} radius="md" withBorder shadow="md" bg="var(--pista-raised)">
      <Text size="xs" c="dimmed" mb={2}>
        {row.long}
      </Text>
      <div className={frame.tip}>{children}</div>
      {note}
    </Paper>
  );
}
