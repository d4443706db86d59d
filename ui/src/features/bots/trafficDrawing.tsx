/** The drawing part of `TrafficPlot`, apart from it so that a page need not wait for it. */
import { Paper, Text } from "@mantine/core";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

import frame from "../../components/TwoWayPlot.module.css";
import type { TrafficNames, TrafficRow } from "./TrafficPlot";

interface DrawingProps {
  rows: readonly TrafficRow[];
  names: TrafficNames;
  label: string;
  height: number;
  format: (value: number) => string;
  formatShort: (value: number) => string;
}

const TICK = { fill: "var(--mantine-color-dimmed)", fontSize: 12 };

export default function Drawing(props: DrawingProps) {
  const { rows, label, height, formatShort } = props;
  const byStart = new Map(rows.map((row) => [row.start, row]));
  const widest = Math.max(
    1,
    ...rows.map(({ bots, people }) => formatShort(bots + people).length),
  );
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart
        data={rows.map((row) => ({ ...row }))}
        desc={label}
        margin={{ top: 8, right: 8 }}
        barCategoryGap="18%"
      >
        <CartesianGrid vertical={false} stroke="var(--pista-grid)" />
        <XAxis
          dataKey="start"
          ticks={rows.filter(({ named }) => named).map(({ start }) => start)}
          tickFormatter={(start: string) => byStart.get(start)?.short ?? ""}
          minTickGap={28}
          interval="preserveStartEnd"
          tickMargin={8}
          tickLine={false}
          axisLine={false}
          tick={TICK}
        />
        <YAxis
          width={16 + widest * 7}
          allowDecimals={false}
          tickFormatter={formatShort}
          tickLine={false}
          axisLine={false}
          tick={TICK}
        />
        <Tooltip
          cursor={{ fill: "var(--pista-soft)" }}
          animationDuration={0}
          content={({ active, label: at }) => {
            const row = byStart.get(String(at));
            return active && row !== undefined ? <Tip row={row} {...props} /> : null;
          }}
        />
        <Bar
          dataKey="people"
          stackId="all"
          fill="var(--pista-plot)"
          maxBarSize={28}
          isAnimationActive={false}
        />
        <Bar
          dataKey="bots"
          stackId="all"
          fill="var(--pista-plot-now)"
          maxBarSize={28}
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

function Tip({ row, names, format }: DrawingProps & { row: TrafficRow }) {
  return (
    <Paper px="sm" py={6} radius="md" withBorder shadow="md" bg="var(--pista-raised)">
      <Text size="xs" c="dimmed" mb={2}>
        {row.long}
      </Text>
      <div className={frame.tip}>
        <span>{names.people}</span>
        <span className="number">{format(row.people)}</span>
        <span>{names.bots}</span>
        <span className="number">{format(row.bots)}</span>
      </div>
    </Paper>
  );
}
