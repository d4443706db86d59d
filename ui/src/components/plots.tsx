/** The drawing part of `Plot`, apart from it so that a page need not wait for it. */
import { AreaChart, BarChart } from "@mantine/charts";
import { Paper, Text } from "@mantine/core";
import { Rectangle, type BarShapeProps } from "recharts";

import type { PlotKind, PlotRow } from "./Plot";
import "@mantine/charts/styles.layer.css";

interface DrawingProps {
  kind: PlotKind;
  rows: readonly PlotRow[];
  name: string;
  label: string;
  height: number;
  plain: boolean;
  format: (value: number) => string;
  formatShort: (value: number) => string;
}

export default function Drawing({ kind, rows, ...props }: DrawingProps) {
  const data = rows.map((row) => ({ ...row }));
  const byStart = new Map(rows.map((row) => [row.start, row]));
  const widest = Math.max(
    1,
    ...rows.map((row) => props.formatShort(row.value ?? 0).length),
  );
  const isFlat = rows.every((row) => !row.value);
  const common = {
    h: props.height,
    data,
    dataKey: "start",
    series: [{ name: "value", label: props.name, color: "var(--pista-plot)" }],
    tickLine: "none" as const,
    gridAxis: "x" as const,
    gridColor: "var(--pista-grid)",
    strokeDasharray: "0",
    xAxisProps: {
      tickFormatter: (start: string) => byStart.get(start)?.short ?? "",
      ticks: rows.filter((row) => row.named).map((row) => row.start),
      minTickGap: 28,
      interval: "preserveStartEnd" as const,
      tickMargin: 8,
    },
    yAxisProps: {
      width: 16 + widest * 7,
      allowDecimals: false,
      tickCount: props.height < 200 ? 3 : 5,
      tickFormatter: props.formatShort,
      // Of nothing but zeros, the rest of the scale would be made up.
      ...(isFlat ? { domain: [0, 1], ticks: [0] } : {}),
    },
    tooltipAnimationDuration: 0,
    tooltipProps: {
      cursor:
        kind === "bars"
          ? { fill: "var(--pista-soft)" }
          : { stroke: "var(--pista-plot)", strokeDasharray: "3 3" },
      content: ({ active, label }: { active?: boolean; label?: string | number }) => {
        const row = byStart.get(String(label));
        if (!active || row?.value == null) return null;
        return <Tip title={row.long} value={row.value} {...props} />;
      },
    },
  };
  if (kind === "bars") {
    const last = props.plain ? undefined : rows.length - 1;
    return (
      <BarChart
        {...common}
        maxBarWidth={22}
        barProps={{
          isAnimationActive: false,
          shape: (bar: BarShapeProps) => (
            <Rectangle
              {...bar}
              radius={[3, 3, 0, 0]}
              fill={bar.index === last ? "var(--pista-plot-now)" : "var(--pista-plot)"}
            />
          ),
        }}
        barChartProps={{ desc: props.label, barCategoryGap: "18%" }}
      />
    );
  }
  return (
    <AreaChart
      {...common}
      curveType="monotone"
      strokeWidth={2}
      fillOpacity={0.22}
      withDots={rows.length === 1}
      areaProps={{ isAnimationActive: false }}
      areaChartProps={{ desc: props.label }}
    />
  );
}

interface TipProps {
  title: string;
  value: number;
  name: string;
  format: (value: number) => string;
}

function Tip({ title, value, name, format }: TipProps) {
  return (
    <Paper px="sm" py={6} radius="md" withBorder shadow="md" bg="var(--pista-raised)">
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Text size="sm" fw={600} className="number">
        {format(value)}{" "}
        <Text span size="sm" fw={400} c="dimmed">
          {name}
        </Text>
      </Text>
    </Paper>
  );
}
