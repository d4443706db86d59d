/** The drawing part of `TrafficPlot`, apart from it so that a page need not wait for it. */
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

import { timeAxis, Tip, valueAxis } from "../../components/timePlots";
import type { TrafficNames, TrafficRow } from "./TrafficPlot";

interface DrawingProps {
  rows: readonly TrafficRow[];
  names: TrafficNames;
  label: string;
  height: number;
  format: (value: number) => string;
  formatShort: (value: number) => string;
}

export default function Drawing(props: DrawingProps) {
  const { rows, label, height, formatShort } = props;
  const byStart = new Map(rows.map((row) => [row.start, row]));
  const labels = rows.map(({ bots, people }) => formatShort(bots + people));
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart
        data={rows.map((row) => ({ ...row }))}
        desc={label}
        margin={{ top: 8, right: 8 }}
        barCategoryGap="18%"
      >
        <CartesianGrid vertical={false} stroke="var(--pista-grid)" />
        <XAxis {...timeAxis(byStart)} />
        <YAxis {...valueAxis(labels, formatShort)} allowDecimals={false} />
        <Tooltip
          cursor={{ fill: "var(--pista-soft)" }}
          animationDuration={0}
          content={({ active, label: at }) => {
            const row = byStart.get(String(at));
            return active && row !== undefined ? <Figures row={row} {...props} /> : null;
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

function Figures({ row, names, format }: DrawingProps & { row: TrafficRow }) {
  return (
    <Tip row={row}>
      <span>{names.people}</span>
      <span className="number">{format(row.people)}</span>
      <span>{names.bots}</span>
      <span className="number">{format(row.bots)}</span>
    </Tip>
  );
}
