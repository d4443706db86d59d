import { IconAlertTriangle, IconTargetArrow } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Cliente } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./Desk.module.css";
import { deskSettingsQuery } from "./queries";
import { clockOf, secondsUntil, urgencyOf } from "./timing";
import { useNow } from "./useNow";

/** By when it is to be somebody's, or opened, where that is a goal and still ahead. */
export function GoalTimer({ cliente }: { cliente: Cliente }) {
  const { assign_by, touch_by } = cliente;
  const goals = [
    ...(assign_by === null ? [] : [{ goal: "assign" as const, by: assign_by }]),
    ...(touch_by === null ? [] : [{ goal: "touch" as const, by: touch_by }]),
  ].sort((one, other) => Date.parse(one.by) - Date.parse(other.by));
  const [first] = goals;
  return first === undefined ? null : <Timer {...first} />;
}

function Timer({ goal, by }: { goal: "assign" | "touch"; by: string }) {
  const { t } = useSpeech();
  const now = useNow();
  const warning = useQuery(deskSettingsQuery()).data?.goals.warningSeconds ?? 0;
  const left = secondsUntil(by, now);
  const said = left <= 0 ? t("desk.goal.over", { time: clockOf(-left) }) : clockOf(left);
  return (
    <span
      className={classes.countdown}
      data-urgency={urgencyOf(left, warning)}
      data-goal={goal}
      title={t(`desk.goal.${goal}`)}
    >
      <IconTargetArrow size={14} aria-hidden="true" />
      <span className="visually-hidden">{t(`desk.goal.${goal}`)}</span>
      {said}
    </span>
  );
}

/** That it came back too often, or missed a goal. */
export function Marks({ cliente }: { cliente: Cliente }) {
  const { t } = useSpeech();
  const { escalated_at: escalated, late, seguimiento_status: status } = cliente;
  return (
    <>
      {escalated !== null && (
        <span className={classes.mark} data-mark="escalated">
          <IconAlertTriangle size={12} aria-hidden="true" />
          {t("desk.mark.escalated")}
        </span>
      )}
      {late && status !== "terminado" && (
        <span className={classes.mark} data-mark="late">
          {t("desk.mark.late")}
        </span>
      )}
    </>
  );
}
