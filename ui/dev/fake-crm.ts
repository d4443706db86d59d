/** Webhook sources, what they sent, and dead letters, for the fake Pista. */
import type {
  ChangeWebhookSource,
  DeadLetter,
  ListedSource,
  MadeWebhookSource,
  NewWebhookSource,
  PersonRead,
  ReceivedDetail,
  SaleMapping,
  SaleRead,
  SourceMapping,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeCrm {
  sources: ListedSource[];
  /** By source, the newest first. */
  received: Record<string, ReceivedDetail[]>;
  letters: DeadLetter[];
  /** What was asked to be worked off again. */
  replayed: string[];
}

const SECRET = "whs_shown-once";

export function makeSource(changes: Partial<ListedSource> = {}): ListedSource {
  const id = changes.id ?? crypto.randomUUID();
  const kind = changes.kind ?? "ghl";
  return {
    id,
    kind,
    name: "GoHighLevel Lima",
    path: `/webhooks/${kind === "ghl" ? "ghl" : "contacts"}/${id}`,
    enabled: true,
    locationId: null,
    publicKey: null,
    mapping: kind === "generic" ? { email: "email" } : null,
    saleMapping: null,
    createdAt: "2025-11-02T12:00:00Z",
    lastReceivedAt: "2025-11-29T15:00:00Z",
    lastDay: 42,
    failed: 0,
    ...changes,
  };
}

export function makeReceived(changes: Partial<ReceivedDetail> = {}): ReceivedDetail {
  return {
    id: crypto.randomUUID(),
    receivedAt: new Date(Date.now() - 3_000).toISOString(),
    state: "done",
    detail: null,
    contactId: "cntct_a",
    visitorId: "v1764428400000_x7Gk2Qp",
    linking: "linked",
    bytes: 312,
    hasBody: true,
    payload: { contact_id: "ghl-1", email: "ana@correo.example", rstk_vid: "" },
    read: {
      contactId: "ghl-1",
      email: "ana@correo.example",
      visitorId: "v1764428400000_x7Gk2Qp",
    },
    ...changes,
  };
}

export function makeLetter(id: number, changes: Partial<DeadLetter> = {}): DeadLetter {
  return {
    id,
    kind: "crm.webhook",
    queue: "webhook",
    payload: { type: "crm.webhook", received_id: "0190a6c2" },
    attempts: 12,
    error: "ConnectionError: the disk was full",
    stack: "jobs.py:31 process\nqueries.py:198 stored",
    enqueuedAt: "2025-11-29T10:00:00Z",
    diedAt: "2025-11-29T15:00:00Z",
    ...changes,
  };
}

export function makeCrm(changes: Partial<FakeCrm> = {}): FakeCrm {
  return {
    sources: [
      makeSource({ id: "ghl", failed: 1 }),
      makeSource({ id: "own", kind: "generic", name: "ERP propio", enabled: false }),
    ],
    received: { ghl: [makeReceived()], own: [] },
    letters: [makeLetter(3), makeLetter(2), makeLetter(1, { kind: "chat.send" })],
    replayed: [],
    ...changes,
  };
}

/** Undefined if the path is no one's here. */
export function crm(state: FakeCrm, request: Request): Answer | undefined {
  const { method, path } = request;
  if (path.startsWith("/webhooks/")) return take(state, request);
  if (path.startsWith("/api/dead-letters")) return letters(state, request);
  if (path === "/api/webhook-sources" && method === "POST") return make(state, request);
  if (path === "/api/webhook-sources") {
    return { status: 200, body: { items: state.sources } };
  }
  if (path.startsWith("/api/webhook-sources/")) return ofSource(state, request);
  return undefined;
}

function make(state: FakeCrm, { body }: Request): Answer {
  const { kind, name } = body as NewWebhookSource;
  const source = makeSource({
    kind,
    name,
    lastReceivedAt: null,
    lastDay: 0,
    mapping: kind === "generic" ? {} : null,
  });
  state.sources.push(source);
  state.received[source.id] = [];
  const made: MadeWebhookSource = { ...source, secret: SECRET };
  return { status: 201, body: made };
}

function take(state: FakeCrm, { path, body }: Request): Answer {
  const source = state.sources.find((one) => one.path === path);
  if (source === undefined) return { status: 404, body: { code: "not_found" } };
  const payload = body as Record<string, string>;
  const read: PersonRead = {
    contactId: payload.contact_id,
    email: payload.email,
    visitorId: payload.rstk_vid,
  };
  state.received[source.id]?.unshift(makeReceived({ payload, read }));
  return { status: 200, body: { id: "r", repeated: false } };
}

function ofSource(state: FakeCrm, { method, path, body }: Request): Answer {
  const [, , , id = "", what, one, again] = path.split("/");
  const source = state.sources.find((known) => known.id === id);
  if (source === undefined) return { status: 404, body: { code: "not_found" } };
  const received = (state.received[id] ??= []);
  if (what === undefined) return change(state, source, method, body);
  if (what === "secret") return { status: 200, body: { secret: `${SECRET}-2` } };
  if (what === "last") {
    const [last] = received;
    return {
      status: 200,
      body: { receivedAt: last?.receivedAt ?? null, payload: last?.payload ?? null },
    };
  }
  if (what === "mapping") {
    const { mapping } = body as { mapping: SourceMapping };
    return { status: 200, body: previewed(received[0]?.payload, mapping) };
  }
  if (what === "sale-mapping") {
    const { mapping } = body as { mapping: SaleMapping };
    return { status: 200, body: saleOf(received[0]?.payload, mapping) };
  }
  if (what === "replay") {
    state.replayed.push(...(body as { ids: string[] }).ids);
    return { status: 202, body: { count: (body as { ids: string[] }).ids.length } };
  }
  const found = received.find((known) => known.id === one);
  if (again === "retry") {
    Object.assign(found ?? {}, { state: "done", detail: null });
    return { status: 202 };
  }
  return one === undefined
    ? { status: 200, body: { items: received } }
    : { status: found === undefined ? 404 : 200, body: found };
}

function change(
  state: FakeCrm,
  source: ListedSource,
  method: string,
  body: unknown,
): Answer {
  if (method === "DELETE") {
    state.sources = state.sources.filter((one) => one !== source);
    return { status: 204 };
  }
  Object.assign(source, body as ChangeWebhookSource);
  return { status: 200, body: source };
}

type Path = string | null | undefined;

function reading(payload: unknown): (path: Path) => unknown {
  return (path) =>
    path
      ?.split(".")
      .reduce<unknown>(
        (found, step) => (found as Record<string, unknown> | undefined)?.[step],
        payload,
      );
}

function saleOf(payload: unknown, mapping: SaleMapping): SaleRead {
  const at = reading(payload);
  const word = at(mapping.status) as string | undefined;
  const status = mapping.statuses?.[word ?? ""] ?? null;
  return {
    externalId: at(mapping.externalId) as string | undefined,
    amountCents: Number(at(mapping.amount)) * 100,
    currency: mapping.defaultCurrency,
    status,
    ...whenOf(at(mapping.occurredAt), mapping.timeZone ?? "America/Sao_Paulo"),
    ignored:
      status === null
        ? "It says no state that is known: add the shop's word to the mapping."
        : null,
  };
}

/** Of two zones, on a day of winter. */
function whenOf(written: unknown, zone: string): Partial<SaleRead> {
  if (typeof written !== "string") return {};
  const offset = zone === "Europe/Madrid" ? "+01:00" : "-03:00";
  return { occurredAt: `${written.replace(" ", "T")}:00${offset}`, readIn: zone };
}

function previewed(payload: unknown, mapping: SourceMapping): PersonRead {
  const at = reading(payload);
  const read: PersonRead = {
    email: at(mapping.email) as string | undefined,
    name: at(mapping.name) as string | undefined,
    attributes: Object.fromEntries(
      Object.entries(mapping.attributes ?? {}).map(([name, path]) => [
        name,
        at(path) as string,
      ]),
    ),
  };
  return read.email === undefined
    ? { ignored: "It names nobody: no contact id, e-mail or phone." }
    : read;
}

function letter(state: FakeCrm, id: number): Answer {
  const found = state.letters.find((letter) => letter.id === id);
  if (found === undefined)
    return { status: 404, body: { code: "dead_letter_not_found" } };
  const webhook = {
    requestId: "3f9c1d2e4b5a6978",
    messageIds: ["wamid.HBgL"],
    receivedAt: found.enqueuedAt,
    payload: { contact: { email: "eva@example.com" } },
  };
  return { status: 200, body: { ...found, webhook } };
}

function letters(state: FakeCrm, { path, query, body }: Request): Answer {
  const one = /^\/api\/dead-letters\/(\d+)$/.exec(path);
  if (one !== null) return letter(state, Number(one[1]));
  const what = path.split("/")[3];
  if (what !== undefined) {
    const { ids } = body as { ids: number[] };
    const before = state.letters.length;
    state.letters = state.letters.filter(({ id }) => !ids.includes(id));
    if (what === "replay") state.replayed.push(...ids.map(String));
    return { status: 200, body: { count: before - state.letters.length } };
  }
  const kind = query.get("kind");
  const kinds = [...new Set(state.letters.map((one) => one.kind))].map((one) => ({
    kind: one,
    count: state.letters.filter((letter) => letter.kind === one).length,
  }));
  const items = state.letters.filter((one) => kind === null || one.kind === kind);
  return { status: 200, body: { items, kinds, next: null } };
}
