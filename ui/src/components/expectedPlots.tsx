/** The drawing part of `ExpectedPlot`, apart from it so that a page need not wait for it. */
import { Text } from "@mantine/core";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type DotItemDotProps,
} from "recharts";

import type { ExpectedNames, ExpectedRow } from "./ExpectedPlot";
import classes from "./ExpectedPlot.module.css";
import { timeAxis, Tip, valueAxis } from "./timePlots";

interface DrawingProps {
  rows: readonly ExpectedRow[];
  names: ExpectedNames;
  limit: number | null;
  label: string;
  height: number;
  format: (value: number, options?: Intl.NumberFormatOptions) => string;
  formatShort: (value: number) => string;
}

export default function Drawing(props: DrawingProps) {
  const { rows, limit, label, height, formatShort } = props;
  const byStart = new Map(rows.map((row) => [row.start, row]));
  const data = rows.map((row, index) => ({
    ...row,
    band: row.low === null || row.high === null ? null : [row.low, row.high],
    oddActual: row.odd ? row.actual : null,
    begins: row.odd && rows[index - 1]?.odd !== true,
  }));
  const most = Math.max(1, limit ?? 0, ...rows.map((row) => row.high ?? row.actual));
  const labels = [1, 0.75, 0.5, 0.25].map((part) => formatShort(most * part));
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart data={data} desc={label} margin={{ top: 8, right: 8 }}>
        <CartesianGrid vertical={false} stroke="var(--pista-grid)" />
        <XAxis {...timeAxis(byStart)} />
        <YAxis
          {...valueAxis(labels, formatShort)}
          domain={[0, "auto"]}
          tickCount={height < 200 ? 3 : 5}
        />
        <Tooltip
          cursor={{ stroke: "var(--pista-plot)", strokeDasharray: "3 3" }}
          animationDuration={0}
          content={({ active, label: at }) => {
            const row = byStart.get(String(at));
            return active && row !== undefined ? <Figures row={row} {...props} /> : null;
          }}
        />
        <Area
          dataKey="band"
          stroke="none"
          fill="var(--pista-expected)"
          fillOpacity={0.18}
          isAnimationActive={false}
          activeDot={false}
        />
        <Line
          dataKey="expected"
          stroke="var(--pista-expected)"
          strokeWidth={1.5}
          strokeDasharray="4 3"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        {limit !== null && (
          <ReferenceLine
            y={limit}
            stroke="var(--pista-plot-now)"
            strokeWidth={1.5}
            strokeDasharray="2 4"
            ifOverflow="extendDomain"
          />
        )}
        <Line
          dataKey="actual"
          stroke="var(--pista-plot)"
          strokeWidth={1.8}
          dot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="oddActual"
          stroke="var(--pista-plot-now)"
          strokeWidth={2.4}
          dot={(dot: DotItemDotProps) => <OddDot key={dot.index} {...dot} />}
          activeDot={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** Where something odd begins; how long it lasts is the line's. */
function OddDot({ cx, cy, payload }: DotItemDotProps) {
  const { begins } = payload as { begins: boolean };
  if (!begins || cx === undefined || cy === undefined) return <g />;
  return (
    <circle
      cx={cx}
      cy={cy}
      r={4}
      fill="var(--pista-plot-now)"
      stroke="var(--pista-surface)"
      strokeWidth={1.5}
    />
  );
}

function Figures({ row, names, format }: DrawingProps & { row: ExpectedRow }) {
  const shown = (value: number) => format(value, { maximumFractionDigits: 1 });
  const odd = (
    <Text size="xs" fw={560} className={classes.odd} mt={2}>
      {names.odd}
    </Text>
  );
  return (
    <Tip row={row} note={row.odd && odd}>
      <span>{names.actual}</span>
      <span className="number">{shown(row.actual)}</span>
      {row.expected !== null && (
        <>
          <span>{names.expected}</span>
          <span className="number">{shown(row.expected)}</span>
        </>
      )}
      {row.low !== null && row.high !== null && (
        <>
          <span>{names.band}</span>
          <span className="number">{`${shown(row.low)} – ${shown(row.high)}`}</span>
        </>
      )}
    </Tip>
  );
}
