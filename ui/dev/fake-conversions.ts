/** Destinations and what they were told, for the fake Pista. */
import type {
  ChangeDestination,
  ConversionDetail,
  Destination,
  NewDestination,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeConversions {
  destinations: Destination[];
  /** The newest first. */
  deliveries: ConversionDetail[];
  /** Secrets that were entered, by destination: they are never answered. */
  secrets: Record<string, Record<string, string>>;
  resent: { eventId: string; hasLooked: boolean }[];
}

export function makeDestination(changes: Partial<Destination> = {}): Destination {
  return {
    id: "meta-1",
    kind: "meta",
    name: "Meta Aurora",
    settings: { pixelId: "1234567890", actionSource: "auto" },
    hasSecrets: ["token"],
    state: "on",
    pausedWhy: null,
    events: ["Purchase"],
    graceMinutes: 5,
    testCode: null,
    testUntil: null,
    waiting: 0,
    clockAheadSeconds: 0,
    lastSentAt: "2025-11-29T15:00:00Z",
    createdAt: "2025-11-02T12:00:00Z",
    ...changes,
  };
}

export function makeDelivery(
  sale: string,
  changes: Partial<ConversionDetail> = {},
): ConversionDetail {
  return {
    eventId: `purchase:${sale}`,
    destinationId: "meta-1",
    destinationName: "Meta Aurora",
    kind: "meta",
    name: "Purchase",
    saleId: sale,
    orderNumber: null,
    contactId: null,
    buyerName: "Ana Flores",
    eventTime: "2025-11-29T14:58:00Z",
    valueCents: 19990,
    currency: "BRL",
    state: "sent",
    why: null,
    method: "start",
    clickId: "click-1",
    campaign: "120210000000001",
    campaignName: "Rosas BR",
    adset: null,
    adsetName: null,
    ad: null,
    adName: null,
    attempts: 1,
    graceUntil: null,
    nextAt: null,
    sentAt: "2025-11-29T14:58:02Z",
    status: 200,
    code: null,
    error: null,
    traceId: "AbCdEf123",
    milliseconds: 412,
    createdAt: "2025-11-29T14:58:01Z",
    frozenAt: "2025-11-29T14:58:01Z",
    payload: { event_name: "Purchase", user_data: { em: ["5f3c0e…"] } },
    quality: {
      score: 6.4,
      has: ["em", "fbc"],
      wouldRaise: ["ph", "external_id", "db"],
    },
    tries: [
      {
        number: 1,
        setOutAt: "2025-11-29T14:58:01Z",
        endedAt: "2025-11-29T14:58:02Z",
        outcome: "sent",
        status: 200,
        code: null,
        error: null,
        traceId: "AbCdEf123",
        milliseconds: 412,
        together: 1,
      },
    ],
    mayResend: false,
    mustLook: false,
    ...changes,
  };
}

export function makeConversions(changes: Partial<FakeConversions> = {}): FakeConversions {
  return {
    destinations: [makeDestination()],
    deliveries: [
      makeDelivery("sale-3", {
        state: "parked",
        why: "nobody_knows",
        mayResend: true,
        mustLook: true,
        sentAt: null,
      }),
      makeDelivery("sale-2", { state: "skipped", why: "opted_out", payload: null }),
      makeDelivery("sale-1"),
    ],
    secrets: {},
    resent: [],
    ...changes,
  };
}

/** Undefined if the path is no one's here. */
export function conversions(
  state: FakeConversions,
  request: Request,
): Answer | undefined {
  const { path } = request;
  if (path.startsWith("/api/conversions")) return log(state, request);
  if (path.startsWith("/api/destinations")) return destinations(state, request);
  return undefined;
}

function log(state: FakeConversions, { path, query, method, body }: Request): Answer {
  const [, , , event, at] = path.split("/");
  const found = state.deliveries.find(
    (one) => one.eventId === event && one.destinationId === at,
  );
  if (method === "POST" && found !== undefined) {
    const { hasLooked } = body as { hasLooked: boolean };
    state.resent.push({ eventId: found.eventId, hasLooked });
    found.state = "ready";
    found.why = null;
    return { status: 202 };
  }
  if (event !== undefined) {
    return found === undefined ? { status: 404 } : { status: 200, body: found };
  }
  const counts: Record<string, number> = {};
  for (const one of state.deliveries) counts[one.state] = (counts[one.state] ?? 0) + 1;
  const fits = (name: string, value: string | null) =>
    query.get(name) === null || query.get(name) === value;
  const items = state.deliveries.filter(
    (one) =>
      fits("state", one.state) &&
      fits("destinationId", one.destinationId) &&
      fits("name", one.name) &&
      fits("q", one.orderNumber),
  );
  const places = state.destinations.map(({ id, kind, name }) => ({
    id,
    kind,
    name,
    deleted: false,
  }));
  return { status: 200, body: { items, next: null, counts, destinations: places } };
}

function destinations(state: FakeConversions, { method, path, body }: Request): Answer {
  const [, , , id, act] = path.split("/");
  if (id === undefined && method === "GET") {
    return { status: 200, body: { items: state.destinations } };
  }
  if (id === undefined) return connect(state, body as NewDestination);
  const one = state.destinations.find((known) => known.id === id);
  if (one === undefined) return { status: 404 };
  if (act === "test") {
    const tested = { status: 200, code: null, error: null, traceId: null };
    return { status: 200, body: { ...tested, ok: true, milliseconds: 231, sent: {} } };
  }
  if (act === "backfill") return { status: 200, body: { added: 3 } };
  if (act === "test-events") {
    one.testCode = (body as { code: string | null }).code;
    return { status: 200, body: one };
  }
  if (method === "DELETE") {
    state.destinations = state.destinations.filter((known) => known !== one);
    return { status: 204 };
  }
  return change(state, one, body as ChangeDestination);
}

function connect(state: FakeConversions, wanted: NewDestination): Answer {
  const { secrets = {}, ...told } = wanted;
  const id = `dest-${String(state.destinations.length + 1)}`;
  const made = makeDestination({
    ...told,
    id,
    hasSecrets: Object.keys(secrets),
    lastSentAt: null,
  });
  state.secrets[id] = secrets;
  state.destinations.push(made);
  return { status: 201, body: made };
}

function change(
  state: FakeConversions,
  one: Destination,
  { enabled, secrets, ...told }: ChangeDestination,
): Answer {
  Object.assign(one, told);
  if (secrets !== undefined) state.secrets[one.id] = secrets;
  if (enabled !== undefined || secrets !== undefined) {
    one.state = enabled === false ? "off" : "on";
    one.pausedWhy = null;
  }
  return { status: 200, body: one };
}
