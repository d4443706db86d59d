/** What contacts did, for the fake Pista. */
import type { FactEntry, Session, SessionEntry, SessionEvent } from "../src/api/model";
import type { Entry } from "../src/features/contacts/timeline/entries";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeTimeline {
  /** The same for every contact, the newest first. */
  entries: Entry[];
  /** What a session holds beyond what its entry shows. */
  older: SessionEvent[];
}

const SITE = "01a20000-0000-7000-8000-0000000000a1";
const PAGE = 20;

export function makeEvent(changes: Partial<SessionEvent> = {}): SessionEvent {
  return {
    id: crypto.randomUUID(),
    at: "2025-11-29T15:04:05Z",
    eventType: "PAGE_VIEW",
    siteId: SITE,
    url: "https://www.flores.example/rosas",
    title: "Rosas",
    metadata: {},
    count: 1,
    ...changes,
  };
}

export function makeVisit(
  changes: Partial<Session> = {},
  entry: Partial<Omit<SessionEntry, "session" | "kind">> = {},
): SessionEntry {
  const events = entry.events ?? [makeEvent()];
  const session: Session = {
    id: "01a20000-0000-7000-8000-0000000000b1",
    visitorId: "v1",
    siteId: SITE,
    startedAt: "2025-11-29T15:00:00Z",
    lastActivityAt: "2025-11-29T15:04:05Z",
    landingPage: "https://www.flores.example/rosas",
    referrer: "https://l.instagram.com/",
    channel: "paid_social",
    utmSource: "instagram",
    utmMedium: "paid_social",
    utmCampaign: "primavera",
    utmTerm: "",
    utmContent: "historia",
    clickIds: { fbclid: "abc" },
    device: "mobile",
    browser: "Chrome",
    os: "Android",
    country: "PE",
    events: events.length + (entry.moreEvents ?? 0),
    pageViews: 1,
    ...changes,
  };
  return {
    kind: "session",
    at: session.startedAt,
    moreEvents: 0,
    ...entry,
    session,
    events,
  };
}

export function makeFact(
  changes: Partial<FactEntry["fact"]> = {},
  at?: string,
): FactEntry {
  return {
    kind: "fact",
    at: at ?? "2025-11-29T15:05:00Z",
    fact: {
      id: "01a20000-0000-7000-8000-0000000000c1",
      room: "identity",
      what: "linked",
      method: "webhook",
      strength: "strong",
      ...changes,
    },
  };
}

function busyVisit(): SessionEntry {
  const at = (minute: number) => `2025-11-29T15:${String(minute).padStart(2, "0")}:00Z`;
  const product = { product: "Ramo de rosas", price: 89.9, currency: "PEN" };
  return makeVisit(
    { events: 130, lastActivityAt: at(32) },
    {
      moreEvents: 122,
      events: [
        makeEvent({
          at: at(32),
          eventType: "PURCHASE",
          metadata: { value: 89.9, currency: "PEN" },
        }),
        makeEvent({ at: at(31), eventType: "FORM_SUBMIT", metadata: { id: "pago" } }),
        makeEvent({ at: at(30), title: "Pago", url: "https://www.flores.example/pago" }),
        makeEvent({ at: at(28), eventType: "ADD_TO_CART", metadata: product }),
        makeEvent({ at: at(27), eventType: "SCROLL", metadata: { depth: 75 } }),
        makeEvent({ at: at(26), eventType: "SCROLL", metadata: { depth: 50 } }),
        makeEvent({ at: at(25), eventType: "CLICK", metadata: { text: "Ver más" } }),
        makeEvent({ at: at(24) }),
      ],
    },
  );
}

export function makeTimeline(changes: Partial<FakeTimeline> = {}): FakeTimeline {
  const earlier = Array.from({ length: 24 }, (_, n) =>
    makeVisit({
      id: `01a20000-0000-7000-8000-0000000001${String(n).padStart(2, "0")}`,
      startedAt: new Date(
        Date.parse("2025-11-27T18:00:00Z") - n * 40_000_000,
      ).toISOString(),
      lastActivityAt: new Date(
        Date.parse("2025-11-27T18:06:00Z") - n * 40_000_000,
      ).toISOString(),
      channel: n % 2 === 0 ? "direct" : "organic_search",
      referrer: n % 2 === 0 ? "" : "https://www.google.com/",
      utmSource: "",
      utmCampaign: "",
      utmContent: "",
      clickIds: {},
    }),
  );
  return {
    entries: [
      makeFact({ id: "f0", room: "chat", what: "conversation_opened", method: null }),
      makeFact(),
      busyVisit(),
      makeFact(
        { id: "f2", method: "form", strength: "provisional" },
        "2025-11-28T15:00:00Z",
      ),
      makeFact(
        { id: "f3", room: "contacts", what: "created", method: null, strength: null },
        "2025-11-28T15:00:00Z",
      ),
      ...earlier,
    ],
    older: Array.from({ length: 130 }, (_, n) =>
      makeEvent({
        at: new Date(Date.parse("2025-11-29T15:32:00Z") - n * 9_000).toISOString(),
        title: `Página ${String(n)}`,
        url: `https://www.flores.example/${String(n)}`,
      }),
    ),
    ...changes,
  };
}

/** Undefined if the path is no one's here. */
export function timeline(
  state: FakeTimeline,
  { path, query }: Request,
): Answer | undefined {
  if (!path.startsWith("/api/contacts/")) return undefined;
  if (path.endsWith("/timeline")) return paged(state.entries, query, PAGE);
  if (path.endsWith("/events")) return paged(state.older, query, 100);
  return undefined;
}

function paged(all: readonly unknown[], query: URLSearchParams, most: number): Answer {
  const start = Number(query.get("before") ?? 0);
  const end = start + Number(query.get("limit") ?? most);
  const next = end < all.length ? String(end) : null;
  return { status: 200, body: { items: all.slice(start, end), next } };
}
