import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { QueuePoint } from "../../api/model";
import { useMe } from "../../api/queries";
import { Plot } from "../../components/Plot";
import { useSpeech } from "../../lib/i18n";
import { showMoment, showTime } from "../../lib/time";

const SHOWN = ["done", "failed", "waiting"] as const;
type Shown = (typeof SHOWN)[number];

interface QueuePlotProps {
  name: string;
  points: readonly QueuePoint[];
}

/** The last hour, minute by minute; the minute that has only begun is left out. */
export function QueuePlot({ name, points }: QueuePlotProps) {
  const { t, locale, number } = useSpeech();
  const { tenant } = useMe();
  const [shown, setShown] = useState<Shown>("done");
  const whole = points.slice(0, -1);
  const most = Math.max(0, ...whole.map((point) => point[shown]));
  const what = t(`operations.plot.${shown}`);
  return (
    <Plot
      kind={shown === "waiting" ? "area" : "bars"}
      height={150}
      name={what}
      rowName={t("operations.minute")}
      label={t("operations.plot.label", { name, what, most: number(most) })}
      rows={whole.map((point, index) => ({
        start: point.at,
        short: showTime(locale, tenant.timeZone, point.at),
        long: showMoment(locale, tenant.timeZone, point.at),
        named: index % 10 === 0,
        value: point[shown],
      }))}
      controls={
        <SegmentedControl
          size="xs"
          aria-label={t("operations.plot.choose", { name })}
          value={shown}
          onChange={(value) => setShown(value)}
          data={SHOWN.map((value) => ({ value, label: t(`operations.plot.${value}`) }))}
        />
      }
    />
  );
}
