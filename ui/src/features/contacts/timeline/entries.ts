/** What a contact's timeline holds, and how it is put together: no screen, no server. */
import type { LiveEvent, SessionEntry, SessionEvent, Timeline } from "../../../api/model";
import { dayIn, type Day } from "../../../lib/time";

export type Entry = Timeline["items"][number];

export function keyOf(entry: Entry): string {
  return entry.kind === "session" ? entry.session.id : entry.fact.id;
}

interface DayOfEntries {
  day: Day;
  entries: Entry[];
}

/** The entries in their order, under the days of the company's zone. */
export function byDay(entries: readonly Entry[], timeZone: string): DayOfEntries[] {
  const days: DayOfEntries[] = [];
  for (const entry of entries) {
    const day = dayIn(timeZone, new Date(entry.at));
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

/** What came by the stream, until the server's own answer has it. */
export function withLive(
  entries: readonly Entry[],
  live: readonly LiveEvent[],
): readonly Entry[] {
  let shown = entries;
  for (const event of live) shown = withEvent(shown, event);
  return shown;
}

function withEvent(entries: readonly Entry[], live: LiveEvent): readonly Entry[] {
  const event = eventOf(live);
  const known = entries.find(
    (one): one is SessionEntry =>
      one.kind === "session" && one.session.id === live.sessionId,
  );
  if (known === undefined) return [sessionOf(live), ...entries];
  if (known.events.some(({ id }) => id === event.id)) return entries;
  if (Date.parse(event.at) < Date.parse(known.session.startedAt)) return entries;
  const grown: SessionEntry = {
    ...known,
    session: {
      ...known.session,
      lastActivityAt: later(known.session.lastActivityAt, event.at),
      events: known.session.events + event.count,
    },
    events: [event, ...known.events].sort(
      (one, other) => Date.parse(other.at) - Date.parse(one.at),
    ),
  };
  return entries.map((one) => (one === known ? grown : one));
}

function later(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? other : one;
}

function eventOf(live: LiveEvent): SessionEvent {
  const { host, path, title, siteId, eventType, count } = live;
  const metadata = (live.metadata ?? {}) as Record<string, unknown>;
  const url = typeof metadata.url === "string" ? metadata.url : `https://${host}${path}`;
  return {
    id: live.eventId,
    at: live.occurredAt,
    eventType,
    siteId,
    url,
    title,
    metadata,
    count,
  };
}

function sessionOf(live: LiveEvent): SessionEntry {
  const event = eventOf(live);
  const { visitorId, siteId, referrer, channel, device, browser, os, country } = live;
  const { utmSource, utmMedium, utmCampaign, utmTerm, utmContent } = live;
  return {
    kind: "session",
    at: event.at,
    session: {
      id: live.sessionId,
      visitorId,
      siteId,
      startedAt: event.at,
      lastActivityAt: event.at,
      landingPage: event.url,
      referrer,
      channel,
      utmSource,
      utmMedium,
      utmCampaign,
      utmTerm,
      utmContent,
      clickIds: {},
      device,
      browser,
      os,
      country,
      events: event.count,
      pageViews: event.eventType === "PAGE_VIEW" ? 1 : 0,
    },
    events: [event],
    moreEvents: 0,
  };
}

/** Scrolling down a page is one thing, however often it was told: the deepest is kept. */
export function folded(events: readonly SessionEvent[]): SessionEvent[] {
  const rows: SessionEvent[] = [];
  for (const event of events) {
    const last = rows.at(-1);
    const again =
      event.eventType === "SCROLL" &&
      last?.eventType === "SCROLL" &&
      last.url === event.url;
    if (!again) rows.push(event);
    else if (depthOf(event) > depthOf(last)) rows[rows.length - 1] = event;
  }
  return rows;
}

export function depthOf({ metadata }: SessionEvent): number {
  return typeof metadata.depth === "number" ? metadata.depth : 0;
}

/** `ADD_TO_CART`, `chat_opened`: as words, where nobody has found better ones. */
export function inWords(name: string): string {
  const words = name
    .replaceAll(/[_.-]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The page without what only machines read. */
export function pageOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host.replace(/^www\./, "")}${decodeURI(pathname).replace(/\/$/, "")}`;
  } catch {
    return url;
  }
}
