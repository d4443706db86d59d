import { IconAlarm, IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Cliente } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { showDuration } from "../../lib/time";
import classes from "./Desk.module.css";
import { deskSettingsQuery } from "./queries";
import { clockOf, secondsUntil, urgencyOf } from "./timing";
import { useNow } from "./useNow";

export const USUAL_WARNING = 60;

/** Above this a clock is read as a length of time. */
const AN_HOUR = 3600;

interface CountdownProps {
  cliente: Pick<Cliente, "due_at" | "state_since">;
  /** It is part of what a button or a row is called. */
  named?: boolean;
}

/** How long until it goes back; how long it is as it is, where nothing runs out. */
export function Countdown({ cliente, named = false }: CountdownProps) {
  const role = named ? undefined : "timer";
  return cliente.due_at === null ? (
    <Since moment={cliente.state_since} role={role} />
  ) : (
    <Until moment={cliente.due_at} role={role} />
  );
}

interface TimerProps {
  moment: string;
  role: "timer" | undefined;
}

function Until({ moment, role }: TimerProps) {
  const { t } = useSpeech();
  const now = useNow();
  const warning = useQuery(deskSettingsQuery()).data?.warningSeconds ?? USUAL_WARNING;
  const left = secondsUntil(moment, now);
  const urgency = urgencyOf(left, warning);
  const Icon = urgency === "calm" ? IconClock : IconAlarm;
  return (
    <span className={classes.countdown} data-urgency={urgency} role={role}>
      <Icon size={14} aria-hidden="true" />
      <span className="visually-hidden">{t("desk.timeLeft")}</span>
      {urgency === "over" ? t("desk.timeOver") : clockOf(left)}
    </span>
  );
}

function Since({ moment, role }: TimerProps) {
  const { t, locale } = useSpeech();
  const now = useNow();
  const passed = Math.max(0, (now - Date.parse(moment)) / 1_000);
  const text =
    passed < AN_HOUR ? clockOf(passed) : showDuration(locale, passed - (passed % 60));
  return (
    <span className={classes.since} role={role}>
      <span className="visually-hidden">{t("desk.timeSince")}</span>
      {text}
    </span>
  );
}
