import type { SaleReport } from "../../api/model";
import { Plot, type PlotRow } from "../../components/Plot";
import { useSpeech } from "../../lib/i18n";
import type { Span } from "../../lib/period";
import { dayIn, showBucket, showDay, type Granularity } from "../../lib/time";
import type { Metric } from "./filters";
import classes from "./Report.module.css";
import { MONEY, useWritten } from "./shown";

interface OverTimeProps {
  report: SaleReport;
  span: Span;
  metric: Metric;
  /** Other filters have been chosen and their answer is on its way. */
  fading: boolean;
}

export function OverTime({ report, span, metric, fading }: OverTimeProps) {
  const { t, locale, number } = useSpeech();
  const written = useWritten(report.currency);
  const short = { notation: "compact", maximumSignificantDigits: 3 } as const;
  const isMoney = MONEY.includes(metric);
  return (
    <div className={classes.plot} data-fading={fading || undefined}>
      <Plot
        kind="bars"
        plain
        rows={rowsOf(report, metric, locale)}
        name={t(`report.metric.${metric}`)}
        rowName={t("stats.start")}
        label={t("stats.plot", {
          metric: t(`report.metric.${metric}`),
          range: t("filter.span", {
            from: showDay(locale, span.from),
            to: showDay(locale, span.to),
          }),
        })}
        height={240}
        format={(value) => written.figure(metric, value)}
        formatShort={(value) => number(isMoney ? value / 100 : value, short)}
      />
    </div>
  );
}

function rowsOf(report: SaleReport, metric: Metric, locale: string): PlotRow[] {
  const { points, timeZone } = report;
  const granularity = report.granularity as Granularity;
  const manyDays = granularity === "hour" && points.length > 26;
  const days = points.map(({ start }) => dayIn(timeZone, new Date(start)));
  return points.map(({ start, figures }, index) => ({
    start,
    short: showBucket(locale, timeZone, manyDays ? "day" : granularity, start, "short"),
    long: showBucket(locale, timeZone, granularity, start, "long"),
    named: !manyDays || days[index] !== days[index - 1],
    value: figures[metric] ?? 0,
  }));
}
