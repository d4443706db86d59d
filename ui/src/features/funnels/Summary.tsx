import { Text } from "@mantine/core";

import type { Funnel, FunnelStep } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./Funnels.module.css";
import { usePercent } from "./words";

/** The funnel in two sentences: how many finish, and where most are lost. */
export function Summary({ funnel: { steps } }: { funnel: Funnel }) {
  const { t, number } = useSpeech();
  const percent = usePercent();
  const began = steps[0]?.visitors ?? 0;
  const last = steps.at(-1);
  const worst = worstStep(steps);
  return (
    <div className={classes.summary}>
      <div className={classes.overall}>{percent(last?.conversion ?? null)}</div>
      <div>
        <Text size="sm" fw={560}>
          {t("funnel.overall", {
            done: number(last?.visitors ?? 0),
            count: began,
          })}
        </Text>
        {worst !== undefined && (
          <Text size="sm" c="dimmed">
            {t("funnel.worst", {
              from: worst.from.eventType,
              to: worst.to.eventType,
              share: percent(1 - (worst.to.conversionFromPrevious ?? 0)),
            })}
          </Text>
        )}
      </div>
    </div>
  );
}

/** The two steps between which most visitors are lost; with two steps there is no choice. */
function worstStep(
  steps: readonly FunnelStep[],
): { from: FunnelStep; to: FunnelStep } | undefined {
  if (steps.length < 3) return undefined;
  const pairs = steps.slice(1).map((to, index) => ({ from: steps[index] ?? to, to }));
  const worst = pairs.reduce((a, b) => (b.to.droppedOff > a.to.droppedOff ? b : a));
  return worst.to.droppedOff > 0 ? worst : undefined;
}
