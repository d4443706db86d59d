import { Badge, Button, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { OwnSession } from "../../api/model";
import { useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import { Failed } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { sessionsQuery, useEndSession } from "./queries";
import classes from "../../components/Rows.module.css";

/** Where the signed-in person is signed in. */
export function OwnSessionsPanel() {
  const { t } = useSpeech();
  const toasts = useToasts();
  const sessions = useQuery(sessionsQuery());
  const end = useEndSession();
  const items = sessions.data?.items ?? [];
  return (
    <Panel
      flush
      title={t("sessions.title")}
      hint={t("sessions.hint")}
      actions={
        items.length > 1 && (
          <Button
            variant="default"
            loading={end.isPending}
            onClick={() =>
              end.mutate(undefined, {
                onSuccess: () => toasts.say(t("sessions.ended")),
                onError: toasts.failed,
              })
            }
          >
            {t("sessions.endOthers")}
          </Button>
        )
      }
    >
      {sessions.isPending && <Skeleton height={120} />}
      {sessions.isError && sessions.data === undefined && (
        <Failed error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {items.length > 0 && (
        <ul className={classes.list}>
          {items.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SessionRow({ session }: { session: OwnSession }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const end = useEndSession();
  const known = [session.browser, session.os].filter((part) => part !== "").join(" · ");
  const device = known === "" ? t("sessions.unknown") : known;
  const country =
    session.country === ""
      ? ""
      : (new Intl.DisplayNames(locale, { type: "region" }).of(session.country) ?? "");
  return (
    <li className={classes.row} aria-label={device}>
      <div>
        <div className={classes.name}>
          <Text fw={560} size="sm">
            {device}
          </Text>
          {session.current && (
            <Badge size="sm" variant="light" tt="none">
              {t("sessions.this")}
            </Badge>
          )}
        </div>
        <Text size="xs" c="dimmed">
          {country !== "" && `${country} · `}
          {t("sessions.seen", {
            time: showMoment(locale, tenant.timeZone, session.lastSeenAt),
          })}
        </Text>
      </div>
      {!session.current && (
        <Button
          size="compact-sm"
          variant="default"
          loading={end.isPending}
          aria-label={t("sessions.endOf", { device })}
          onClick={() => end.mutate(session.id, { onError: toasts.failed })}
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
