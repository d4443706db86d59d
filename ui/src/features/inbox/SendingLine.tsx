import { Button, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPause } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { SendingState } from "../../api/model";
import { useMe } from "../../api/queries";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showTime } from "../../lib/time";
import classes from "./Sending.module.css";
import { sendingQuery, useResume } from "./queries";

/** Each number and bot by which nothing goes out just now. */
export function SendingLines({ channel }: { channel: string | undefined }) {
  const numbers = useQuery(sendingQuery()).data?.items ?? [];
  return numbers
    .filter(({ channelId }) => channel === undefined || channelId === channel)
    .filter(({ state }) => state === "held" || state === "paused")
    .map((number) => <SendingLine key={number.channelId} number={number} named />);
}

interface LineProps {
  number: SendingState;
  /** Say which number it is. */
  named?: boolean;
}

/** That nothing goes out by a number, why, and what can be done; nothing if all is well. */
export function SendingLine({ number, named = false }: LineProps) {
  const { t } = useSpeech();
  if (number.state === "ok") return null;
  const Icon = number.state === "paused" ? IconPlayerPause : IconAlertTriangle;
  return (
    <div className={classes.line} data-state={number.state} role="status">
      <Icon size={16} aria-hidden="true" />
      <div className={classes.words}>
        {named && <strong>{nameOf(number)}: </strong>}
        <Why number={number} />
        {number.waiting > 0 && (
          <Text span inherit>
            {" "}
            {t("inbox.sending.waiting", { count: number.waiting })}
          </Text>
        )}
      </div>
      {number.state === "held" && <Resume channel={number.channelId} />}
    </div>
  );
}

/** Several may have the same name. */
export function nameOf({ name, display }: SendingState): string {
  return display === "" || display === name ? name : `${name} · ${display}`;
}

function Why({ number }: { number: SendingState }) {
  const { t, locale } = useSpeech();
  const { timeZone } = useMe().tenant;
  const { state, reason, until } = number;
  switch (state) {
    case "held":
      return reason === null
        ? t("inbox.sending.held")
        : t("inbox.sending.heldFor", { reason });
    case "paused":
      return until === null
        ? t("inbox.sending.paused")
        : t("inbox.sending.pausedUntil", { time: showTime(locale, timeZone, until) });
    default:
      return t("inbox.sending.off");
  }
}

/** Only somebody who may look after numbers lets it go on. */
function Resume({ channel }: { channel: string }) {
  const { t } = useSpeech();
  const { role } = useMe().user;
  const { say, failed } = useToasts();
  const resume = useResume();
  if (role !== "admin") return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={resume.isPending}
      onClick={() =>
        resume.mutate(channel, {
          onSuccess: () => say(t("inbox.sending.resumed")),
          onError: failed,
        })
      }
    >
      {t("inbox.sending.resume")}
    </Button>
  );
}
