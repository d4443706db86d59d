import { Text } from "@mantine/core";

import type { AlertHistory } from "../../api/model";
import { ExpectedPlot, type ExpectedRow } from "../../components/ExpectedPlot";
import { useSpeech } from "../../lib/i18n";
import { showBucket, showDuration } from "../../lib/time";
import {
  canJudge,
  countFirings,
  HOUR_MINUTES,
  judge,
  type Condition,
  type Judged,
} from "./rules";
import { useFigureWords, type Told } from "./words";

interface WatchPlotProps {
  history: AlertHistory;
  rule: Told;
  /** Whether these hours were watched, or only would have been. */
  supposed: boolean;
}

/** What a rule looks at, hour by hour, and where it fires. */
export function WatchPlot({ history, rule, supposed }: WatchPlotProps) {
  const { t, locale } = useSpeech();
  const figureWords = useFigureWords();
  const judged = judge(rule, history.points);
  const judging = canJudge(rule);
  const times = countFirings(judged);
  const days = Math.max(1, Math.round(judged.length / 24));
  const told = judging
    ? t(supposed ? "alert.wouldHave" : "alert.didPass", { count: times, days })
    : undefined;
  const window = showDuration(locale, windowOf(rule, judging) * 60);
  const actual = t("alert.perWindow", { figure: figureWords(rule), window });
  const explanation = judging
    ? t(rule.kind === "anomaly" ? "alert.how" : "alert.howHours")
    : t("alert.howNot", { window: showDuration(locale, rule.windowMinutes * 60) });
  const unsettled = rule.kind === "threshold" && rule.threshold === null;
  return (
    <>
      {told !== undefined && (
        <Text size="sm" fw={560} role="status">
          {told}
        </Text>
      )}
      <ExpectedPlot
        rows={judged.map((one) => rowOf(one, locale, history.timeZone))}
        names={{
          row: t("alert.hour"),
          actual,
          expected: t("alert.expected"),
          band: t("alert.band"),
          odd: t("alert.fires"),
          limit: t("alert.limit"),
        }}
        limit={rule.kind === "threshold" && judging ? rule.threshold : null}
        label={`${actual}. ${told ?? ""}`}
        height={260}
      />
      {!unsettled && (
        <Text size="xs" c="dimmed" mt="xs">
          {explanation}
        </Text>
      )}
    </>
  );
}

/** What one point of the plot stands for, in minutes. */
function windowOf({ kind, windowMinutes }: Condition, judging: boolean): number {
  if (kind === "anomaly" || !judging) return HOUR_MINUTES;
  return Math.ceil(windowMinutes / HOUR_MINUTES) * HOUR_MINUTES;
}

function rowOf(
  { point, value, fires }: Judged,
  locale: string,
  timeZone: string,
): ExpectedRow {
  const { start, expected, low, high } = point;
  return {
    start,
    short: showBucket(locale, timeZone, "day", start, "short"),
    long: showBucket(locale, timeZone, "hour", start, "long"),
    named: start.slice(11, 13) === "00",
    actual: value,
    expected,
    low,
    high,
    odd: fires,
  };
}
