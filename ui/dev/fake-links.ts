/** Links of advertisements for the fake Pista. */
import type {
  ChangeLink,
  Link,
  LinkDomain,
  LinkDomains,
  Links,
  NewLink,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeLinks {
  items: Link[];
  domains: LinkDomains["items"];
  /** What the next look for a domain's record finds. */
  found: Partial<LinkDomain>;
}

const PATH = "/api/links";
const DOMAINS = "/api/link-domains";
const HOST = "https://pista.aurora.example";

export function makeLink(changes: Partial<Link> = {}): Link {
  const slug = changes.slug ?? "otono";
  return {
    id: crypto.randomUUID(),
    name: "Otoño",
    kind: "telegram",
    slug,
    domain: "",
    address: `${HOST}/go/${slug}`,
    channelId: null,
    bot: "aurora_bot",
    phone: null,
    url: null,
    text: null,
    fallback: null,
    paid: null,
    campaign: null,
    adset: null,
    ad: null,
    utmSource: null,
    utmMedium: null,
    utmCampaign: null,
    utmContent: null,
    utmTerm: null,
    leadsTo: "https://t.me/aurora_bot?start=TOKEN",
    archivedAt: null,
    createdAt: "2025-11-20T12:00:00Z",
    counts: { clicks: 1200, people: 950, bots: 80, starts: 310, lost: 0 },
    lastAt: "2025-11-29T15:00:00Z",
    ...changes,
  };
}

export function makeLinks(changes: Partial<FakeLinks> = {}): FakeLinks {
  return { items: [makeLink()], domains: [], found: { why: "missing" }, ...changes };
}

export function links(state: FakeLinks, request: Request): Answer | undefined {
  const { method, path } = request;
  if (path.startsWith(DOMAINS)) return domains(state, request);
  if (path === PATH && method === "GET")
    return { status: 200, body: list(state, request) };
  if (path === PATH) return create(state, request.body as NewLink);
  return path.startsWith(`${PATH}/`) ? ofLink(state, request) : undefined;
}

function list(state: FakeLinks, { query }: Request): Links {
  const archived = query.get("archived") === "true";
  return {
    items: state.items.filter(({ archivedAt }) => (archivedAt !== null) === archived),
    archived: state.items.filter(({ archivedAt }) => archivedAt !== null).length,
  };
}

function create(state: FakeLinks, wanted: NewLink): Answer {
  if (state.items.some(({ slug }) => slug === wanted.slug)) {
    return { status: 409, body: { code: "slug_taken", detail: "taken" } };
  }
  const zero = { clicks: 0, people: 0, bots: 0, starts: 0, lost: 0 };
  const { slug, ...rest } = wanted;
  const made = makeLink({ ...rest, slug: slug ?? "q7w8e9r", counts: zero, lastAt: null });
  state.items.unshift(made);
  return { status: 201, body: made };
}

function ofLink(state: FakeLinks, { method, path, body }: Request): Answer {
  const [id = "", what] = path.slice(PATH.length + 1).split("/");
  const link = state.items.find((one) => one.id === id);
  if (link === undefined) return { status: 404, body: { code: "link_not_found" } };
  switch (`${method} ${what ?? ""}`) {
    case "GET hours":
      return { status: 200, body: { items: [] } };
    case "POST archive":
      link.archivedAt = "2025-11-30T12:00:00Z";
      link.leadsTo = null;
      break;
    case "POST restore":
      Object.assign(link, { archivedAt: null, leadsTo: makeLink().leadsTo });
      break;
    case "PATCH ":
      Object.assign(link, body as ChangeLink);
  }
  return { status: 200, body: link };
}

export function makeDomain(domain: string): LinkDomain {
  return {
    domain,
    links: 0,
    createdAt: "2025-11-30T12:00:00Z",
    provenAt: null,
    checkedAt: null,
    why: null,
    record: `_pista.${domain}`,
    value: "pista=0f6c",
  };
}

function domains(state: FakeLinks, { method, path, body }: Request): Answer {
  if (path.endsWith("/check")) {
    const [one] = state.domains.filter(({ domain }) => path.includes(domain));
    const at = "2025-11-30T12:05:00Z";
    if (one !== undefined) Object.assign(one, { checkedAt: at, ...state.found });
  } else if (method === "POST") {
    const { domain } = body as { domain: string };
    state.domains.push(makeDomain(domain));
  }
  if (method === "DELETE") {
    const gone = path.slice(DOMAINS.length + 1);
    state.domains = state.domains.filter(({ domain }) => domain !== gone);
    return { status: 204 };
  }
  return { status: method === "POST" ? 201 : 200, body: { items: state.domains } };
}
