import { IconAlarm, IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Cliente } from "../../api/desk";
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
}

/** How long until it goes back; how long it is as it is, where nothing runs out. */
export function Countdown({ cliente }: CountdownProps) {
  return cliente.due_at === null ? (
    <Since moment={cliente.state_since} />
  ) : (
    <Until moment={cliente.due_at} />
  );
}

function Until({ moment }: { moment: string }) {
  const { t } = useSpeech();
  const now = useNow();
  const warning = useQuery(deskSettingsQuery()).data?.warningSeconds ?? USUAL_WARNING;
  const left = secondsUntil(moment, now);
  const urgency = urgencyOf(left, warning);
  const Icon = urgency === "calm" ? IconClock : IconAlarm;
  return (
    <span className={classes.countdown} data-urgency={urgency} role="timer">
      <Icon size={14} aria-hidden="true" />
      <span className="visually-hidden">{t("desk.timeLeft")}</span>
      {urgency === "over" ? t("desk.timeOver") : clockOf(left)}
    </span>
  );
}

function Since({ moment }: { moment: string }) {
  const { t, locale } = useSpeech();
  const now = useNow();
  const passed = Math.max(0, (now - Date.parse(moment)) / 1_000);
  const text =
    passed < AN_HOUR ? clockOf(passed) : showDuration(locale, passed - (passed % 60));
  return (
    <span className={classes.since} role="timer">
      <span className="visually-hidden">{t("desk.timeSince")}</span>
      {text}
    </span>
  );
}
