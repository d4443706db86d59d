import { Badge, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconMoodEmpty } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { EventStats } from "../../api/model";
import { Panel } from "../../components/Panel";
import { Plot, type PlotRow } from "../../components/Plot";
import { Empty } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import type { Span } from "../../lib/period";
import { dayIn, showBucket, showDay } from "../../lib/time";
import { METRICS, type Metric } from "./filters";
import cards from "../../components/Cards.module.css";
import classes from "./StatsPanel.module.css";

interface StatsPanelProps {
  stats: EventStats;
  span: Span;
  /** When the answer came: what begins later is still to come. */
  asOf: number;
  /** Other filters have been chosen and their answer is on its way. */
  fading: boolean;
  metric: Metric;
  onMetric: (metric: Metric) => void;
  controls: ReactNode;
}

/** The four figures of a period; the chosen one is drawn under them. */
export function StatsPanel({
  stats,
  span,
  asOf,
  fading,
  metric,
  onMetric,
  controls,
}: StatsPanelProps) {
  const { t, locale } = useSpeech();
  const range = t("filter.span", {
    from: showDay(locale, span.from),
    to: showDay(locale, span.to),
  });
  return (
    <Panel flush>
      <div className={classes.cards} role="group" aria-label={t("metric.choose")}>
        {METRICS.map((one) => (
          <Card
            key={one}
            metric={one}
            stats={stats}
            chosen={one === metric}
            onChoose={() => onMetric(one)}
          />
        ))}
      </div>
      <div className={classes.plot} data-fading={fading || undefined}>
        {stats.totalEvents === 0 ? (
          <Empty
            icon={<IconMoodEmpty size={28} />}
            title={t("stats.none")}
            text={t("stats.noneHint")}
          />
        ) : (
          <Plot
            kind="area"
            rows={rowsOf(stats, metric, locale, asOf)}
            name={t(
              metric === "events" && stats.sampled
                ? "metric.eventsKept"
                : `metric.${metric}`,
            )}
            rowName={t("stats.start")}
            label={t("stats.plot", { metric: t(`metric.${metric}`), range })}
            height={280}
            controls={controls}
          />
        )}
      </div>
    </Panel>
  );
}

function rowsOf(
  stats: EventStats,
  metric: Metric,
  locale: string,
  asOf: number,
): PlotRow[] {
  const { series, granularity, timeZone } = stats;
  const manyDays = granularity === "hour" && series.length > 26;
  const days = series.map(({ start }) => dayIn(timeZone, new Date(start)));
  return series.map((bucket, index) => ({
    start: bucket.start,
    short: showBucket(
      locale,
      timeZone,
      manyDays ? "day" : granularity,
      bucket.start,
      "short",
    ),
    long: showBucket(locale, timeZone, granularity, bucket.start, "long"),
    // Hours of many days: only where a day begins.
    named: !manyDays || days[index] !== days[index - 1],
    value: Date.parse(bucket.start) > asOf ? null : bucket[metric],
  }));
}

interface CardProps {
  metric: Metric;
  stats: EventStats;
  chosen: boolean;
  onChoose: () => void;
}

function Card({ metric, stats, chosen, onChoose }: CardProps) {
  const { t, number } = useSpeech();
  const estimated = metric === "events" && stats.sampled;
  const name = t(`metric.${metric}`);
  return (
    <UnstyledButton
      className={`${cards.card} ${classes.card}`}
      aria-pressed={chosen}
      onClick={onChoose}
    >
      <span className={`${cards.name} ${classes.name}`}>
        {name}
        {estimated && <Estimated stats={stats} />}
      </span>{" "}
      <span className={`number ${classes.total ?? ""}`}>
        {estimated && "≈ "}
        {number(totalOf(stats, metric))}
      </span>{" "}
      <Text span size="xs" c="dimmed" className="number">
        <Ratio metric={metric} stats={stats} />
      </Text>
    </UnstyledButton>
  );
}

function Estimated({ stats }: { stats: EventStats }) {
  const { t } = useSpeech();
  return (
    <Tooltip
      label={t("stats.sampledHint", {
        kept: stats.totalEvents,
        estimated: stats.estimatedTotalEvents,
      })}
    >
      <Badge size="xs" variant="light" color="coral" tt="none">
        {t("stats.sampled")}
      </Badge>
    </Tooltip>
  );
}

/** What one visitor or session did on average, where that says something. */
function Ratio({ metric, stats }: { metric: Metric; stats: EventStats }) {
  const { t, number } = useSpeech();
  const ratio = (part: number, whole: number) =>
    number(part / Math.max(1, whole), {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
  if (stats.totalEvents === 0) return "\u00a0";
  switch (metric) {
    case "uniqueVisitors":
      return "\u00a0";
    case "uniqueSessions":
      return t("metric.perVisitor", {
        ratio: ratio(stats.uniqueSessions, stats.uniqueVisitors),
      });
    case "pageViews":
      return t("metric.perSession", {
        ratio: ratio(totalOf(stats, "pageViews"), stats.uniqueSessions),
      });
    case "events":
      if (stats.sampled) return t("metric.kept", { count: stats.totalEvents });
      return t("metric.perSession", {
        ratio: ratio(totalOf(stats, "events"), stats.uniqueSessions),
      });
  }
}

function totalOf(stats: EventStats, metric: Metric): number {
  switch (metric) {
    case "uniqueVisitors":
      return stats.uniqueVisitors;
    case "uniqueSessions":
      return stats.uniqueSessions;
    case "pageViews":
      return stats.eventsByType.PAGE_VIEW ?? 0;
    case "events":
      return stats.sampled ? stats.estimatedTotalEvents : stats.totalEvents;
  }
}
