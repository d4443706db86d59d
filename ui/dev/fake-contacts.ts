/** Contacts, merges and questions, for the fake Pista. */
import type {
  ChangeContact,
  Contact,
  ContactDetail,
  DecideConflict,
  LinkConflict,
  NewContact,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeContacts {
  items: ContactDetail[];
  conflicts: LinkConflict[];
  /** Which contact stays after the merge that was decided last. */
  into?: string | undefined;
}

const SINCE = Date.parse("2025-11-29T15:00:00Z");
const PAGE = 50;

export function makeContact(changes: Partial<ContactDetail> = {}): ContactDetail {
  const contact: ContactDetail = {
    id: "cntct_a",
    name: "Ana Núñez",
    email: "ana@correo.example",
    phone: "+51987612345",
    crmId: "ghl-1",
    attributes: { ciudad: "Lima", compras: 3, boletín: true },
    tags: ["vip", "limeña"],
    source: "ghl",
    createdAt: "2025-11-28T15:00:00Z",
    updatedAt: "2025-11-29T15:00:00Z",
    identities: [],
    merges: [],
    ...changes,
  };
  return { ...contact, identities: changes.identities ?? identitiesOf(contact) };
}

function identitiesOf(contact: Contact): ContactDetail["identities"] {
  const { id, crmId, email, phone, source } = contact;
  const known = [
    { kind: "crm", value: crmId, strength: "strong" },
    { kind: "email", value: email, strength: "strong" },
    { kind: "phone", value: phone, strength: "provisional" },
  ] as const;
  return known.flatMap(({ kind, value, strength }) =>
    value === null
      ? []
      : [{ kind, value, strength, source, createdAt: contact.createdAt, contactId: id }],
  );
}

const NAMES = ["Luis Prado", "Marta Figueroa", "Iara Lima", "Rosa Quispe", "Otto Weber"];

function makeOther(place: number): ContactDetail {
  const name = place % 7 === 6 ? null : (NAMES[place % NAMES.length] ?? "");
  return makeContact({
    id: `cntct_${String(place)}`,
    name,
    email: `persona${String(place)}@correo.example`,
    phone: place % 3 === 0 ? null : `+5511988${String(100_000 + place * 37)}`,
    crmId: null,
    attributes: {},
    tags: place % 4 === 0 ? ["boletín"] : [],
    source: ["form", "ghl", "person"][place % 3] ?? "",
    createdAt: new Date(SINCE - place * 5_400_000).toISOString(),
  });
}

export function makeConflict(changes: Partial<LinkConflict> = {}): LinkConflict {
  return {
    id: "01a20000-0000-7000-8000-0000000000f1",
    reason: "shared_identity",
    kind: "phone",
    value: "+51987612345",
    visitorId: null,
    sides: [makeContact(), makeOther(1)],
    openedAt: "2025-11-29T12:00:00Z",
    decision: null,
    decidedBy: null,
    decidedAt: null,
    ...changes,
  };
}

export function makeContacts(changes: Partial<FakeContacts> = {}): FakeContacts {
  return {
    items: [makeContact(), ...Array.from({ length: 64 }, (_, n) => makeOther(n + 1))],
    conflicts: [
      makeConflict(),
      makeConflict({
        id: "01a20000-0000-7000-8000-0000000000f2",
        reason: "too_many_visitors",
        kind: null,
        value: null,
        visitorId: "v1",
        sides: [makeContact()],
      }),
    ],
    ...changes,
  };
}

/** Undefined if the path is no one's here. */
export function contacts(state: FakeContacts, request: Request): Answer | undefined {
  const { method, path, query, body } = request;
  if (path.startsWith("/api/linking/conflicts")) return conflicts(state, request);
  if (path === "/api/contacts" && method === "GET") return listed(state, query);
  if (path === "/api/contacts/export") return exported(state, query);
  if (path === "/api/contacts") return added(state, body as NewContact);
  if (!path.startsWith("/api/contacts/")) return undefined;
  const [, , , id = "", part, merge] = path.split("/");
  const contact =
    state.items.find((one) => one.id === id) ?? state.items.find(holding(id));
  if (contact === undefined) return problem(404, "contact_not_found");
  if (part === "merge" && method === "POST") {
    return merged(state, contact, (body as { contactId: string }).contactId);
  }
  if (part === "merge") return unmerged(contact, merge ?? "");
  if (part !== undefined) return undefined;
  if (method === "PATCH") return changed(state, contact, body as ChangeContact);
  return { status: 200, body: contact };
}

/** Whether the contact was merged into this one. */
function holding(id: string) {
  return ({ merges }: ContactDetail): boolean =>
    merges.some(({ contactId, undoneAt }) => contactId === id && undoneAt === null);
}

function listed({ items }: FakeContacts, query: URLSearchParams): Answer {
  const words = plain(query.get("q") ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const [tag, source, has] = ["tag", "source", "has"].map((name) => query.get(name));
  const found = items.filter(
    (one) =>
      words.every((word) => wordsOf(one).some((own) => own.startsWith(word))) &&
      (!tag || one.tags.includes(tag)) &&
      (!source || one.source === source) &&
      (!has || one.identities.some(({ kind }) => kind === has)),
  );
  const start = Number(query.get("before") ?? 0);
  const end = start + Number(query.get("limit") ?? PAGE);
  const next = found.length > end ? String(end) : null;
  return { status: 200, body: { items: found.slice(start, end), next } };
}

/** As JSON, which is a string in quotes: enough to see which contacts they are. */
function exported(state: FakeContacts, query: URLSearchParams): Answer {
  const all = new URLSearchParams([...query, ["limit", String(state.items.length)]]);
  const { items } = listed(state, all).body as { items: Contact[] };
  const lines = items.map(({ name, email }) => `${name ?? ""},${email ?? ""}`);
  return { status: 200, body: ["name,email", ...lines].join("\r\n") };
}

function wordsOf(contact: ContactDetail): string[] {
  const values = contact.identities.map(({ value }) => value);
  return [contact.name ?? "", ...values].flatMap((one) => plain(one).split(/[\s+@.]/));
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

function added(state: FakeContacts, wanted: NewContact): Answer {
  const known = state.items.find(
    (one) => wanted.email !== undefined && one.email === wanted.email,
  );
  if (known !== undefined) {
    return { status: 200, body: { ...known, created: false, ignored: [] } };
  }
  const blocked = wanted.phone?.startsWith("0000") ?? false;
  const contact = makeContact({
    id: `cntct_new${String(state.items.length)}`,
    name: wanted.name ?? null,
    email: wanted.email ?? null,
    phone: blocked ? null : (wanted.phone ?? null),
    crmId: wanted.crmId ?? null,
    attributes: wanted.attributes ?? {},
    tags: wanted.tags ?? [],
    source: wanted.source,
  });
  state.items.unshift(contact);
  const ignored = blocked ? [{ kind: "phone", why: "blocked" }] : [];
  return { status: 201, body: { ...contact, created: true, ignored } };
}

function changed(
  state: FakeContacts,
  contact: ContactDetail,
  change: ChangeContact,
): Answer {
  const taken = state.items.some(
    (one) => one !== contact && one.email !== null && one.email === change.email,
  );
  if (taken) return problem(409, "identity_taken");
  const attributes = { ...contact.attributes, ...change.attributes };
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) Reflect.deleteProperty(attributes, name);
  }
  Object.assign(contact, change, { attributes });
  return { status: 200, body: contact };
}

function merged(state: FakeContacts, into: ContactDetail, otherId: string): Answer {
  const other = state.items.find(({ id }) => id === otherId);
  if (other === undefined) return problem(404, "contact_not_found");
  state.items = state.items.filter((one) => one !== other);
  into.identities.push(...other.identities);
  into.merges.unshift({
    id: `merge-${String(into.merges.length)}`,
    contactId: other.id,
    intoId: into.id,
    mergedBy: "Ana Souza",
    mergedAt: "2025-11-29T16:00:00Z",
    undoneBy: null,
    undoneAt: null,
  });
  return { status: 200, body: into };
}

function unmerged(contact: ContactDetail, mergeId: string): Answer {
  const merge = contact.merges.find(({ id }) => id === mergeId);
  if (merge === undefined) return problem(404, "merge_not_found");
  merge.undoneBy = "Ana Souza";
  merge.undoneAt = "2025-11-29T16:05:00Z";
  contact.identities = contact.identities.filter(
    ({ contactId }) => contactId !== merge.contactId,
  );
  return { status: 200, body: contact };
}

function conflicts(state: FakeContacts, { method, path, query, body }: Request): Answer {
  if (method === "GET") {
    const open = query.get("state") !== "decided";
    const of = query.get("contactId");
    const reasons = query.getAll("reason");
    const items = state.conflicts.filter(
      ({ decision, sides, reason }) =>
        (decision === null) === open &&
        (reasons.length === 0 || reasons.includes(reason)) &&
        (of === null || sides.some(({ id }) => id === of)),
    );
    return { status: 200, body: { items, next: null } };
  }
  const item = state.conflicts.find(({ id }) => path.includes(id));
  if (item === undefined) return problem(404, "conflict_not_found");
  state.into = (body as DecideConflict | undefined)?.into ?? undefined;
  const undone = { decision: null, decidedBy: null, decidedAt: null };
  const decided = {
    decision: (body as DecideConflict | undefined)?.decision ?? null,
    decidedBy: "Ana Souza",
    decidedAt: "2025-11-29T16:00:00Z",
  };
  Object.assign(item, method === "DELETE" ? undone : decided);
  return { status: 200, body: item };
}

function problem(status: number, code: string): Answer {
  const body = { type: "about:blank", title: code, status, code, detail: code };
  return { status, body };
}
