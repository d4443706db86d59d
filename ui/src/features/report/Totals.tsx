import { Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";

import type { SaleFigures, SaleReport } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { METRICS, type Metric } from "./filters";
import cards from "../../components/Cards.module.css";
import classes from "./Report.module.css";
import { change, costPerSale, roas, useWritten, type Written } from "./shown";

interface TotalsProps {
  report: SaleReport;
  metric: Metric;
  onMetric: (metric: Metric) => void;
  children: ReactNode;
}

/** The figures of a period beside those before it; the chosen one is drawn below. */
export function Totals({ report, metric, onMetric, children }: TotalsProps) {
  const { t } = useSpeech();
  const written = useWritten(report.currency);
  const { totals, before } = report;
  return (
    <Panel flush>
      <div className={classes.cards} role="group" aria-label={t("report.choose")}>
        {METRICS.map((one) => (
          <UnstyledButton
            key={one}
            className={`${cards.card} ${classes.card}`}
            aria-pressed={one === metric}
            onClick={() => onMetric(one)}
          >
            <span className={cards.name}>{t(`report.metric.${one}`)}</span>{" "}
            <span className={`number ${classes.total ?? ""}`}>
              {written.round(one, totals[one])}
            </span>{" "}
            <Change
              now={totals[one]}
              before={before[one]}
              written={written}
              neutral={one === "costCents"}
            />
          </UnstyledButton>
        ))}
      </div>
      <Ratios totals={totals} before={before} written={written} />
      {children}
    </Panel>
  );
}

interface RatiosProps {
  totals: SaleFigures;
  before: SaleFigures;
  written: Written;
}

function Ratios({ totals, before, written }: RatiosProps) {
  const { t } = useSpeech();
  return (
    <dl className={classes.ratios}>
      <div>
        <dt>{t("report.metric.roas")}</dt>
        <dd className="number">
          {written.times(roas(totals))}{" "}
          <Change now={roas(totals)} before={roas(before)} written={written} />
        </dd>
      </div>
      <div>
        <dt>{t("report.metric.perSale")}</dt>
        <dd className="number">
          {written.money(costPerSale(totals))}{" "}
          <Change
            now={costPerSale(totals)}
            before={costPerSale(before)}
            written={written}
            neutral
          />
        </dd>
      </div>
      {totals.refundedCents > 0 && (
        <div>
          <dt>{t("report.metric.refunded")}</dt>
          <dd className="number">{written.money(totals.refundedCents)}</dd>
        </div>
      )}
      {totals.bots > 0 && (
        <div>
          <dt>{t("report.metric.bots")}</dt>
          <dd className="number">{written.figure("clicks", totals.bots)}</dd>
        </div>
      )}
    </dl>
  );
}

/** Beyond that, hundredths say less than how many times it is. */
const MUCH = 9;

interface ChangeProps {
  now: number | null | undefined;
  before: number | null | undefined;
  written: Written;
  /** More is neither good nor bad. */
  neutral?: boolean;
}

function Change({ now, before, written, neutral = false }: ChangeProps) {
  const { t } = useSpeech();
  const by = change(now, before);
  if (by === undefined) {
    // Nothing now and nothing then is no change to speak of.
    if (!now) return <span>{"\u00a0"}</span>;
    return (
      <Text span size="xs" c="dimmed">
        {t("report.noneBefore")}
      </Text>
    );
  }
  if (by > MUCH) {
    return (
      <Text span size="xs" c="dimmed" className="number">
        {t("report.manyTimes", { times: written.times(by + 1) })}
      </Text>
    );
  }
  const good = by >= 0 ? "good" : "bad";
  return (
    <span
      className={`number ${classes.change ?? ""}`}
      data-way={neutral || by === 0 ? undefined : good}
    >
      {t(by >= 0 ? "report.more" : "report.less", { by: written.percent(Math.abs(by)) })}
    </span>
  );
}
