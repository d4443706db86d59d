import { Badge, Button, Text } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Session, SessionEntry } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { showDuration, showTime } from "../../../lib/time";
import { useValueWords } from "../../../lib/words";
import { folded, pageOf } from "./entries";
import { EventRow } from "./EventRow";
import { ChannelSign } from "./icons";
import { sessionEventsQuery } from "./queries";
import classes from "./Timeline.module.css";
import { useClickWords } from "./words";

/** So many rows say what a visit was about; the rest is one press away. */
const ROWS = 5;

interface SessionCardProps {
  entry: SessionEntry;
  contactId: string;
  /** Something of it came while somebody looked. */
  fresh: boolean;
}

/** One visit: what brought them, with what, and what they did. */
export function SessionCard({ entry, contactId, fresh }: SessionCardProps) {
  const { t } = useSpeech();
  const { session } = entry;
  const [opened, setOpened] = useState(false);
  const rows = folded(entry.events);
  const hidden = Math.max(0, rows.length - ROWS) + entry.moreEvents;
  return (
    <article className={classes.session} data-fresh={fresh || undefined}>
      <span className={classes.sign} data-kind="session" aria-hidden="true">
        <ChannelSign channel={session.channel} />
      </span>
      <div className={classes.body}>
        <SessionHead session={session} />
        {opened ? (
          <AllEvents entry={entry} contactId={contactId} />
        ) : (
          <ol className={classes.events}>
            {rows.slice(0, ROWS).map((event, place, all) => (
              <EventRow key={event.id} event={event} above={all[place - 1]} />
            ))}
          </ol>
        )}
        {(hidden > 0 || opened) && (
          <Button
            className={classes.expand}
            variant="subtle"
            size="compact-xs"
            aria-expanded={opened}
            rightSection={
              opened ? (
                <IconChevronUp size={14} aria-hidden="true" />
              ) : (
                <IconChevronDown size={14} aria-hidden="true" />
              )
            }
            onClick={() => setOpened(!opened)}
          >
            {opened ? t("timeline.less") : t("timeline.more", { count: hidden })}
          </Button>
        )}
      </div>
    </article>
  );
}

function SessionHead({ session }: { session: Session }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const valueWords = useValueWords();
  const clickWords = useClickWords();
  const { startedAt, lastActivityAt, channel, device, os, browser, country } = session;
  const seconds = (Date.parse(lastActivityAt) - Date.parse(startedAt)) / 1000;
  const campaign = [session.utmSource, session.utmCampaign, session.utmContent]
    .filter((one) => one !== "")
    .join(" · ");
  const from = campaign === "" ? refererOf(session.referrer) : campaign;
  const withWhat = [
    device === "" ? "" : valueWords("device", device),
    [browser, os].filter((one) => one !== "").join(", "),
    country === "" ? "" : valueWords("country", country),
  ];
  return (
    <header className={classes.head}>
      <div className={classes.headline}>
        <span className={classes.named}>
          <Text span size="sm" fw={600}>
            {channel === ""
              ? t("timeline.visit")
              : t("timeline.visitFrom", { channel: valueWords("channel", channel) })}
          </Text>
          {clickWords(session).map((words) => (
            <Badge
              key={words}
              className={classes.click}
              variant="light"
              color="coral"
              tt="none"
              fw={500}
            >
              {words}
            </Badge>
          ))}
        </span>
        <span className={`${classes.when ?? ""} number`}>
          <time dateTime={startedAt}>{showTime(locale, tenant.timeZone, startedAt)}</time>
          {seconds >= 1 && ` · ${showDuration(locale, seconds)}`}
        </span>
      </div>
      <Text size="xs" c="dimmed">
        {[from, ...withWhat].filter((one) => one !== "").join(" · ")}
      </Text>
    </header>
  );
}

function refererOf(referrer: string): string {
  return referrer === "" ? "" : pageOf(referrer);
}

/** All events of a visit, as many as the server has. */
function AllEvents({ entry, contactId }: Omit<SessionCardProps, "fresh">) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const pages = useInfiniteQuery({
    ...sessionEventsQuery(contactId, entry.session.id),
    // What is here already is all there is.
    enabled: entry.moreEvents > 0,
  });
  const found = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const known = new Set(found.map(({ id }) => id));
  // What came since they were asked for stands before them.
  const rows = folded([...entry.events.filter(({ id }) => !known.has(id)), ...found]);
  return (
    <>
      <ol className={classes.events} aria-busy={pages.isFetching}>
        {rows.map((event, place, all) => (
          <EventRow key={event.id} event={event} above={all[place - 1]} />
        ))}
      </ol>
      {pages.isError && (
        <Text size="xs" c="red" role="alert">
          {t("state.failed")}
        </Text>
      )}
      {(pages.hasNextPage || pages.isError) && (
        <Button
          className={classes.expand}
          variant="default"
          size="compact-xs"
          loading={pages.isFetching}
          onClick={() =>
            void (pages.isError ? pages.refetch() : pages.fetchNextPage()).catch(
              toasts.failed,
            )
          }
        >
          {t(pages.isError ? "action.retry" : "timeline.olderEvents")}
        </Button>
      )}
    </>
  );
}
