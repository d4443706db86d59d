import { Text } from "@mantine/core";

import type { Cohort } from "../../api/model";
import { Panel } from "../../components/Panel";
import { Plot, type PlotRow } from "../../components/Plot";
import { useSpeech } from "../../lib/i18n";
import { curveOf } from "./curve";

/** The average of all cohorts, week by week. */
export function Curve({ cohorts }: { cohorts: readonly Cohort[] }) {
  const { t, number } = useSpeech();
  const points = curveOf(cohorts).filter(({ week }) => week > 0);
  const percent = (value: number) =>
    number(value / 100, { style: "percent", maximumFractionDigits: 1 });
  const rows = points.map(({ week, visitors, of }): PlotRow => ({
    start: String(week),
    short: String(week),
    long: t("retention.week", { week }),
    named: true,
    value: (100 * visitors) / of,
  }));
  const [next] = points;

  return (
    <Panel
      title={t("retention.curve")}
      hint={
        next === undefined
          ? t("retention.tooEarly")
          : t("retention.nextWeek", {
              share: number(next.visitors / next.of, {
                style: "percent",
                maximumFractionDigits: 1,
              }),
            })
      }
    >
      {rows.length > 1 && (
        <>
          <Plot
            kind="area"
            rows={rows}
            name={t("retention.share")}
            rowName={t("retention.weeksAfter")}
            label={t("retention.curveLabel")}
            height={200}
            format={percent}
            formatShort={(value) =>
              number(value / 100, { style: "percent", maximumFractionDigits: 0 })
            }
            controls={
              <Text size="xs" c="dimmed">
                {t("retention.curveHint")}
              </Text>
            }
          />
        </>
      )}
    </Panel>
  );
}
