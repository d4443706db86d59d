import { Button, Skeleton, Text } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import { useMe } from "../../../api/queries";
import { Panel } from "../../../components/Panel";
import { Empty, Failed, Stale } from "../../../components/States";
import { useSpeech } from "../../../lib/i18n";
import type { SocketStatus } from "../../../lib/socket";
import { addDays, dayIn, showBucket, zoneCity, zoneOffset } from "../../../lib/time";
import { byDay, keyOf, withLive, type Entry } from "./entries";
import { FactRow } from "./FactRow";
import { timelineQuery } from "./queries";
import { SessionCard } from "./SessionCard";
import classes from "./Timeline.module.css";
import { useContactStream } from "./useContactStream";

/** Everything that the contact did and that became known of it, the newest first. */
export function Timeline({ contactId }: { contactId: string }) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const pages = useInfiniteQuery(timelineQuery(contactId));
  const { live, status } = useContactStream(contactId);
  const retry = () => void pages.refetch();
  const known = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const entries = withLive(known, live);
  const fresh = new Set(live.map(({ sessionId }) => sessionId));

  return (
    <Panel
      flush
      title={t("timeline.title")}
      hint={t("timeline.zone", {
        city: zoneCity(tenant.timeZone),
        offset: zoneOffset(tenant.timeZone, new Date()),
      })}
      actions={<LiveSign status={status} />}
    >
      {pages.isError && pages.data !== undefined && <Stale onRetry={retry} />}
      {pages.isPending && <Waiting />}
      {pages.isError && pages.data === undefined && (
        <Failed error={pages.error} onRetry={retry} />
      )}
      {pages.data !== undefined && entries.length === 0 && (
        <Empty
          icon={<IconRoute size={28} />}
          title={t("timeline.empty")}
          text={t("timeline.emptyHint")}
        />
      )}
      {pages.data !== undefined &&
        byDay(entries, tenant.timeZone).map(({ day, entries: ofDay }) => (
          <div key={day}>
            <DayMark day={day} />
            <ol className={classes.entries}>
              {ofDay.map((entry) => (
                <li key={keyOf(entry)} className={classes.entry}>
                  <EntryRow
                    entry={entry}
                    contactId={contactId}
                    fresh={fresh.has(keyOf(entry))}
                  />
                </li>
              ))}
            </ol>
          </div>
        ))}
      {pages.hasNextPage && (
        <div className={classes.older}>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t("timeline.older")}
          </Button>
        </div>
      )}
      {pages.data !== undefined && entries.length > 0 && !pages.hasNextPage && (
        <Text size="xs" c="dimmed" className={classes.older}>
          {t("timeline.beginning")}
        </Text>
      )}
    </Panel>
  );
}

interface EntryRowProps {
  entry: Entry;
  contactId: string;
  fresh: boolean;
}

function EntryRow({ entry, contactId, fresh }: EntryRowProps) {
  switch (entry.kind) {
    case "session":
      return <SessionCard entry={entry} contactId={contactId} fresh={fresh} />;
    case "fact":
      return <FactRow entry={entry} />;
  }
}

function DayMark({ day }: { day: string }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const today = dayIn(tenant.timeZone, new Date());
  const written = showBucket(locale, "UTC", "day", `${day}T00:00:00Z`, "long");
  const near =
    day === today
      ? t("timeline.today")
      : day === addDays(today, -1)
        ? t("timeline.yesterday")
        : undefined;
  return (
    <h3 className={classes.day}>
      {near !== undefined && <strong>{near}</strong>}
      {written}
    </h3>
  );
}

/** Whether what happens now appears by itself. */
function LiveSign({ status }: { status: SocketStatus }) {
  const { t } = useSpeech();
  return (
    <span className={classes.live} data-status={status} role="status">
      <span className={classes.liveDot} aria-hidden="true" />
      {t(`live.${status}`)}
    </span>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-hidden="true">
      {Array.from({ length: 5 }, (_, n) => (
        <Skeleton key={n} height={n % 2 === 0 ? 90 : 40} />
      ))}
    </div>
  );
}
