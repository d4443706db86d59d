/** People, invitations and links, for the fake Pista. */
import type {
  ApiKey,
  AuditLine,
  MakeApiKey,
  OwnSession,
  ChangePerson,
  Invite,
  NewInvite,
  Person,
  UseLink,
} from "../src/api/model";
import type { Answer, FakeState, Request } from "./fake-pista.ts";

export interface FakePeople {
  sessions: OwnSession[];
  /** The codes of the app and the paper; none while it is off. */
  factor: string[];
  keys: ApiKey[];
  audit: AuditLine[];
  items: Person[];
  invites: Invite[];
  /** By token. */
  links: Record<string, { kind: "invite" | "reset"; email: string; name: string }>;
}

export function makePerson(changes: Partial<Person> = {}): Person {
  return {
    id: crypto.randomUUID(),
    email: "luis@aurora.example",
    name: "Luis Prado",
    role: "gtr",
    createdAt: "2025-11-02T12:00:00Z",
    lastSignInAt: "2025-11-29T09:12:00Z",
    deactivatedAt: null,
    secondFactor: false,
    ...changes,
  };
}

export function makePeople(changes: Partial<FakePeople> = {}): FakePeople {
  return {
    items: [
      makePerson({
        id: "u1",
        email: "ana@aurora.example",
        name: "Ana Souza",
        role: "admin",
      }),
      makePerson({ id: "u2" }),
      makePerson({
        id: "u3",
        email: "marta.figueroa@aurora.example",
        name: "Marta Figueroa",
        role: "asesor",
        lastSignInAt: null,
        deactivatedAt: "2025-11-20T10:00:00Z",
      }),
    ],
    invites: [makeInvite("nuevo@aurora.example", "asesor")],
    links: {},
    factor: [],
    sessions: [
      makeSession({ current: true }),
      makeSession({ browser: "Mobile Safari", os: "iOS", country: "BR" }),
      makeSession({ browser: "", os: "", lastSeenAt: "2025-11-12T08:00:00Z" }),
    ],
    keys: [
      makeKey(),
      makeKey({ name: "Antigua", revokedAt: "2025-11-20T10:00:00Z", scopes: ["admin"] }),
    ],
    audit: Array.from({ length: 60 }, (_, index) => makeLine(60 - index)),
    ...changes,
  };
}

export function makeSession(changes: Partial<OwnSession> = {}): OwnSession {
  return {
    id: crypto.randomUUID(),
    current: false,
    browser: "Firefox",
    os: "Windows",
    country: "",
    createdAt: "2025-11-02T12:00:00Z",
    lastSeenAt: "2025-11-29T09:12:00Z",
    ...changes,
  };
}

export function makeKey(changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: crypto.randomUUID(),
    tenantId: "t1",
    name: "Hoja de ventas",
    scopes: ["stats:read"],
    createdAt: "2025-11-02T12:00:00Z",
    lastUsedAt: "2025-11-29T09:12:00Z",
    revokedAt: null,
    ...changes,
  };
}

function makeLine(id: number): AuditLine {
  const invited = id % 2 === 0;
  return {
    id,
    at: new Date(
      Date.parse("2025-11-29T09:12:00Z") - (60 - id) * 3_600_000,
    ).toISOString(),
    actorKind: id % 5 === 0 ? "terminal" : "user",
    actorId: id % 5 === 0 ? null : "u1",
    actorName: id % 5 === 0 ? null : "Ana Souza",
    action: invited ? "user_invited" : "role_changed",
    subjectId: "u2",
    subjectName: "luis@aurora.example",
    details: invited ? { role: "gtr" } : { from: "asesor", to: "gtr" },
    requestId: "00c0ffee00c0ffee",
  };
}

function makeInvite(email: string, role: Invite["role"]): Invite {
  return {
    id: crypto.randomUUID(),
    email,
    role,
    invitedBy: "Ana Souza",
    createdAt: "2025-11-29T10:00:00Z",
    expiresAt: "2025-12-06T10:00:00Z",
  };
}

/** Undefined if the path is no one's here. */
export function people(state: FakeState, request: Request): Answer | undefined {
  const { method, path, body } = request;
  if (path === "/api/users") return { status: 200, body: { items: state.people.items } };
  if (path.startsWith("/api/users/")) return ofPerson(state, request);
  if (path === "/api/invites" && method === "POST") {
    return invite(state, body as NewInvite);
  }
  if (path === "/api/invites") {
    return { status: 200, body: { items: state.people.invites } };
  }
  if (path.startsWith("/api/invites/")) {
    const id = path.split("/").at(-1);
    state.people.invites = state.people.invites.filter((one) => one.id !== id);
    return { status: 204 };
  }
  if (path.startsWith("/api/me/sessions")) return sessions(state, request);
  if (path.startsWith("/api/me/second-factor")) return factor(state, request);
  if (path.startsWith("/api/keys")) return keys(state, request);
  if (path === "/api/audit") return audit(state, request);
  if (path === "/api/me/password") {
    const { current, password } = body as { current: string; password: string };
    if (current !== state.password) return problem(403, "wrong_password");
    state.password = password;
    return { status: 204 };
  }
  return undefined;
}

/** What anybody may ask. */
export function join(state: FakeState, { path, body }: Request): Answer | undefined {
  if (!path.startsWith("/api/join")) return undefined;
  const { token, password, name } = body as UseLink;
  const link = state.people.links[token];
  if (link === undefined) return problem(404, "link_not_valid");
  const { tenant } = state.me;
  if (path === "/api/join/look") {
    const expiresAt = "2025-12-06T10:00:00Z";
    return { status: 200, body: { ...link, company: tenant.name, expiresAt } };
  }
  if (password.startsWith("password")) return problem(422, "weak_password");
  // A link works once.
  state.people.links = {};
  if (link.kind === "reset") return { status: 200, body: null };
  state.me.user = { id: "u9", email: link.email, name: name ?? "", role: "gtr" };
  state.signedIn = true;
  return { status: 200, body: state.me };
}

function sessions({ people }: FakeState, { method, path }: Request): Answer {
  if (method === "GET") return { status: 200, body: { items: people.sessions } };
  const id = path.split("/")[4];
  people.sessions = people.sessions.filter((one) =>
    id === undefined ? one.current : one.id !== id,
  );
  return { status: 204 };
}

const QR = Array.from({ length: 29 }, (_, y) =>
  Array.from({ length: 29 }, (_, x) => ((x * 7 + y * 5) % 3 === 0 ? "1" : "0")).join(""),
);

function factor(
  { people, password }: FakeState,
  { method, path, body }: Request,
): Answer {
  if (method === "GET") {
    const on = people.factor.length > 0;
    return { status: 200, body: { on, recoveryCodesLeft: on ? 10 : 0 } };
  }
  const sent = body as { password?: string; code?: string };
  if (path.endsWith("/confirm")) {
    if (sent.code !== "123456") return problem(422, "code_wrong");
    people.factor = ["123456", "abcd-abcd-abcd-abcd"];
    return { status: 200, body: { codes: ["abcd-abcd-abcd-abcd"] } };
  }
  if (sent.password !== password) return problem(403, "wrong_password");
  if (path.endsWith("/recovery")) {
    return { status: 200, body: { codes: ["efgh-efgh-efgh-efgh"] } };
  }
  if (path.endsWith("/off")) {
    people.factor = [];
    return { status: 204 };
  }
  return { status: 201, body: { secret: "GEZDGNBV", uri: "otpauth://totp/x", qr: QR } };
}

function keys({ people }: FakeState, { method, path, body }: Request): Answer {
  if (method === "GET") return { status: 200, body: { items: people.keys } };
  if (method === "POST") {
    const made = makeKey({ ...(body as MakeApiKey), lastUsedAt: null });
    people.keys.push(made);
    const { id, tenantId, scopes } = made;
    return { status: 201, body: { id, tenantId, scopes, key: "pk_shown-once" } };
  }
  const key = people.keys.find(({ id }) => path.endsWith(id));
  if (key === undefined) return problem(404, "api_key_not_found");
  key.revokedAt = new Date().toISOString();
  return { status: 204 };
}

function audit({ people }: FakeState, { query }: Request): Answer {
  const actions = query.getAll("action");
  const actor = query.get("actorId");
  const before = Number(query.get("before") ?? Infinity);
  const found = people.audit.filter(
    (line) =>
      line.id < before &&
      (actions.length === 0 || actions.includes(line.action)) &&
      (actor === null || line.actorId === actor),
  );
  const items = found.slice(0, 50);
  const next = found.length > 50 ? (items.at(-1)?.id ?? null) : null;
  return { status: 200, body: { items, next } };
}

function ofPerson(state: FakeState, { path, body }: Request): Answer {
  const [, , , id, reset] = path.split("/");
  const person = state.people.items.find((one) => one.id === id);
  if (person === undefined) return problem(404, "user_not_found");
  if (reset !== undefined) return link(state, "reset", person.email, person.name);
  const { active, ...rest } = body as ChangePerson;
  const others = state.people.items.filter(
    (one) => one !== person && one.role === "admin" && one.deactivatedAt === null,
  );
  const goes = active === false || (rest.role !== undefined && rest.role !== "admin");
  if (person.role === "admin" && goes && others.length === 0) {
    return problem(409, "last_admin");
  }
  Object.assign(person, rest);
  if (active !== undefined) {
    person.deactivatedAt = active ? null : new Date().toISOString();
  }
  return { status: 200, body: person };
}

function invite(state: FakeState, { email, role }: NewInvite): Answer {
  if (state.people.items.some((one) => one.email === email)) {
    return problem(409, "email_taken");
  }
  state.people.invites.unshift(makeInvite(email, role));
  return link(state, "invite", email, "");
}

function link(
  state: FakeState,
  kind: "invite" | "reset",
  email: string,
  name: string,
): Answer {
  const token = `token-${String(Object.keys(state.people.links).length + 1)}`;
  state.people.links[token] = { kind, email, name };
  const made = `https://pista.aurora.example/join#${token}`;
  return { status: 201, body: { link: made, expiresAt: "2025-12-06T10:00:00Z" } };
}

function problem(status: number, code: string): Answer {
  return {
    status,
    body: { type: "about:blank", title: code, status, code, detail: code },
  };
}
