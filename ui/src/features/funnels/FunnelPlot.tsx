import { Box } from "@mantine/core";

import type { Funnel } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { showDuration } from "../../lib/time";
import classes from "./FunnelPlot.module.css";
import { usePercent } from "./words";

/** A bar for each step: who got here, and hatched above it who did not go on. */
export function FunnelPlot({ funnel }: { funnel: Funnel }) {
  const { t, number, locale } = useSpeech();
  const percent = usePercent();
  const { steps } = funnel;
  const label = t("funnel.plot", {
    steps: steps.map(({ eventType }) => eventType).join(" → "),
    share: percent(steps.at(-1)?.conversion ?? null),
  });
  return (
    <figure className={classes.plot} role="img" aria-label={label}>
      <div className={classes.columns} data-many={steps.length > 6 || undefined}>
        {steps.map((step, index) => (
          <Box
            key={index}
            className={classes.column}
            style={{
              "--part": String(step.conversion ?? 0),
              "--before": String(steps[index - 1]?.conversion ?? 1),
            }}
          >
            <div className={classes.name} title={step.eventType}>
              <span className={classes.place}>{index + 1}</span> {step.eventType}
            </div>
            <div className={classes.share}>{percent(step.conversion)}</div>
            <div className={classes.bar}>
              <div className={classes.lost} />
              <div className={classes.fill} />
            </div>
            <div className={classes.people}>
              {t("funnel.visitors", { count: step.visitors })}
            </div>
            <div className={classes.drop}>
              {step.droppedOff > 0 &&
                `−${number(step.droppedOff)} (${percent(lostShare(step.conversionFromPrevious))})`}
            </div>
            <div className={classes.time}>
              {step.medianSeconds !== null &&
                t("funnel.after", { time: showDuration(locale, step.medianSeconds) })}
            </div>
          </Box>
        ))}
      </div>
    </figure>
  );
}

function lostShare(kept: number | null): number | null {
  return kept === null ? null : 1 - kept;
}
