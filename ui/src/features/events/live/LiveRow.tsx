import { Text, UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconRobot } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { memo, useId, type CSSProperties } from "react";

import type { LiveEvent } from "../../../api/model";
import { sitesQuery, useMe } from "../../../api/queries";
import { useSpeech } from "../../../lib/i18n";
import { showClock, showMoment } from "../../../lib/time";
import { useValueWords } from "../../../lib/words";
import { hueOf, type Item } from "./feed";
import classes from "./Live.module.css";

interface LiveRowProps {
  item: Item;
  opened: boolean;
  onOpen: () => void;
}

export const LiveRow = memo(
  function LiveRow({ item, opened, onOpen }: LiveRowProps) {
    switch (item.kind) {
      case "event":
        return <EventRow event={item.event} opened={opened} onOpen={onOpen} />;
      case "gap":
      case "skipped":
        return <NoteRow item={item} />;
    }
  },
  (before, after) => before.item === after.item && before.opened === after.opened,
);

function NoteRow({ item }: { item: Exclude<Item, { kind: "event" }> }) {
  const { t } = useSpeech();
  const text =
    item.kind === "skipped"
      ? t("stream.skipped", { count: item.count })
      : item.dropped === undefined
        ? t("stream.gap")
        : t("stream.dropped", { count: item.dropped });
  return (
    <li className={classes.mark}>
      <Text size="sm">{text}</Text>
    </li>
  );
}

interface EventRowProps {
  event: LiveEvent;
  opened: boolean;
  onOpen: () => void;
}

function EventRow({ event, opened, onOpen }: EventRowProps) {
  const { t, locale, number } = useSpeech();
  const { tenant } = useMe();
  const id = useId();
  const valueWords = useValueWords();
  const details = `${id}-details`;
  return (
    <li
      className={classes.row}
      style={{ "--hue": hueOf(event.eventType) } as CSSProperties}
    >
      <UnstyledButton
        className={classes.head}
        aria-expanded={opened}
        aria-controls={opened ? details : undefined}
        onClick={onOpen}
      >
        <IconChevronRight size={14} className={classes.chevron} aria-hidden="true" />
        <time className={`${classes.time ?? ""} number`} dateTime={event.occurredAt}>
          {showClock(locale, tenant.timeZone, event.occurredAt)}
        </time>
        <span className={classes.kind}>
          <span className={classes.dot} aria-hidden="true" />
          {event.eventType}
          {event.count > 1 && ` ×${number(event.count)}`}
          {event.bot !== "" && (
            <IconRobot size={14} aria-label={t("stream.bot")} role="img" />
          )}
        </span>
        <span className={classes.where}>{placeOf(event)}</span>
        <span className={classes.who}>
          {(["country", "device"] as const)
            .filter((property) => event[property] !== "")
            .map((property) => valueWords(property, event[property]))
            .join(" · ")}
        </span>
      </UnstyledButton>
      {opened && <Details id={details} event={event} />}
    </li>
  );
}

function placeOf({ host, path, title }: LiveEvent): string {
  return path === "" ? title : `${host}${path}`;
}

function Details({ id, event }: { id: string; event: LiveEvent }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const sites = useQuery(sitesQuery());
  const valueWords = useValueWords();
  const site = sites.data?.items.find((one) => one.id === event.siteId);
  const utm = [
    event.utmSource,
    event.utmMedium,
    event.utmCampaign,
    event.utmTerm,
    event.utmContent,
  ];
  const facts = [
    [t("stream.occurred"), showMoment(locale, tenant.timeZone, event.occurredAt)],
    [t("stream.pageTitle"), event.title],
    [t("stream.site"), site?.name ?? ""],
    [t("stream.visitor"), event.visitorId],
    [t("stream.session"), event.sessionId],
    [
      t("property.channel"),
      event.channel === "" ? "" : valueWords("channel", event.channel),
    ],
    [t("property.referrer"), event.referrer],
    ["UTM", utm.filter((one) => one !== "").join(" / ")],
    [t("stream.with"), [event.browser, event.os].filter((one) => one !== "").join(" · ")],
    [t("stream.bot"), event.bot],
    [t("stream.id"), event.eventId],
  ].filter(([, value]) => value !== "");
  return (
    <div id={id} className={classes.details}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed">
        {t("stream.metadata")}
      </Text>
      <pre className={classes.metadata} tabIndex={0} aria-label={t("stream.metadata")}>
        {JSON.stringify(event.metadata, null, 2)}
      </pre>
    </div>
  );
}
