/** Answers like Pista, from memory. For development and tests; never shipped. */
import type {
  EventStats,
  Exports,
  Login,
  Me,
  NewExport,
  NewExportSchedule,
  Now,
  Partitions,
  Problem,
  Site,
  Throttle,
} from "../src/api/model";
import { alerts, makeAlerts, type FakeAlerts } from "./fake-alerts.ts";
import { bots } from "./fake-bots.ts";
import { breakdown } from "./fake-breakdown.ts";
import { contacts, makeContacts, type FakeContacts } from "./fake-contacts.ts";
import { inbox, makeInbox, type FakeInbox } from "./fake-inbox.ts";
import {
  clienteImports,
  makeClienteImports,
  type FakeClienteImports,
} from "./fake-cliente-imports.ts";
import { imports, makeImports, type FakeImports } from "./fake-imports.ts";
import { channels, makeChannels, type FakeChannels } from "./fake-channels.ts";
import {
  conversions,
  makeConversions,
  type FakeConversions,
} from "./fake-conversions.ts";
import { links, makeLinks, type FakeLinks } from "./fake-links.ts";
import { makeReport, report, type FakeReport } from "./fake-report.ts";
import { makeSales, sales, type FakeSales } from "./fake-sales.ts";
import { crm, makeCrm, type FakeCrm } from "./fake-crm.ts";
import { desk, makeDesk, type FakeDesk } from "./fake-desk.ts";
import { deskReports } from "./fake-desk-reports.ts";
import { deskViews, makeViews, type FakeViews } from "./fake-desk-views.ts";
import { changeExport, makeExports, requestExport, setSchedule } from "./fake-exports.ts";
import { siteForms } from "./fake-forms.ts";
import { funnel } from "./fake-funnel.ts";
import { linking, makeLinking, type FakeLinking } from "./fake-linking.ts";
import { retention } from "./fake-retention.ts";
import { join, makePeople, people, type FakePeople } from "./fake-people.ts";
import { makePartitions, removeMonth } from "./fake-partitions.ts";
import { makeQueues, queues, type FakeQueues } from "./fake-queues.ts";
import { sending } from "./fake-sending.ts";
import { makeTimeline, timeline, type FakeTimeline } from "./fake-timeline.ts";
import { makeWebhooks, webhooks, type FakeWebhooks } from "./fake-webhooks.ts";

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

export interface Answer {
  status: number;
  body?: unknown;
}

export interface FakeState {
  me: Me;
  signedIn: boolean;
  password: string;
  sites: Site[];
  throttling: { enabled: boolean; items: Throttle[] };
  partitions: Partitions;
  exports: Exports;
  /** Events per day, before the site filter. */
  perDay: number;
  sampled: boolean;
  geoip: boolean;
  /** Bots for each person's event. */
  bots: number;
  alerts: FakeAlerts;
  people: FakePeople;
  contacts: FakeContacts;
  imports: FakeImports;
  clienteImports: FakeClienteImports;
  conversions: FakeConversions;
  crm: FakeCrm;
  links: FakeLinks;
  report: FakeReport;
  sales: FakeSales;
  queues: FakeQueues;
  webhooks: FakeWebhooks;
  channels: FakeChannels;
  linking: FakeLinking;
  inbox: FakeInbox;
  desk: FakeDesk;
  views: FakeViews;
  timeline: FakeTimeline;
}

const TENANT = "0190a6c2-0000-7000-8000-000000000001";

export function makeSite(changes: Partial<Site> = {}): Site {
  const id = changes.id ?? crypto.randomUUID();
  const writeKey = "wk_5yT0mZ3qLr8v";
  return {
    id,
    tenantId: TENANT,
    name: "Tienda Aurora",
    domains: ["aurora.example", "blog.aurora.example"],
    writeKey,
    createdAt: "2025-11-02T12:00:00Z",
    firstEventAt: "2025-11-02T12:04:31Z",
    lastEventAt: new Date(Date.now() - 4_000).toISOString(),
    formContacts: false,
    snippet: `<script async src="https://pista.aurora.example/snip.js" data-tenant="${TENANT}" data-site="${id}" data-key="${writeKey}"></script>`,
    ...changes,
  };
}

export function makeState(changes: Partial<FakeState> = {}): FakeState {
  return {
    me: {
      user: { id: "u1", email: "ana@aurora.example", name: "Ana Souza", role: "admin" },
      tenant: {
        id: TENANT,
        name: "Aurora Cosméticos",
        timeZone: "America/Sao_Paulo",
        storeIp: false,
        requireSecondFactor: false,
      },
      needsSecondFactor: false,
    },
    signedIn: true,
    password: "correcto-caballo",
    sites: [
      makeSite({ id: "site-1" }),
      makeSite({ id: "site-2", name: "Promos de verano", domains: ["promo.example"] }),
    ],
    throttling: {
      enabled: true,
      items: [
        rule("PAGE_VIEW", 100, true),
        rule("FORM_SUBMIT", 100, true),
        rule("ADD_TO_CART", 100, true),
        rule("CLICK", 100, false),
        rule("SCROLL", 10, false),
        { ...rule("MOUSE_MOVE", 2.5, false), isDefault: false },
      ],
    },
    partitions: makePartitions(),
    exports: makeExports(),
    perDay: 18_400,
    sampled: true,
    geoip: true,
    bots: 0.12,
    alerts: makeAlerts(),
    people: makePeople(),
    contacts: makeContacts(),
    imports: makeImports(),
    clienteImports: makeClienteImports(),
    conversions: makeConversions(),
    crm: makeCrm(),
    links: makeLinks(),
    report: makeReport(),
    sales: makeSales(),
    queues: makeQueues(),
    webhooks: makeWebhooks(),
    channels: makeChannels(),
    linking: makeLinking(),
    inbox: makeInbox(),
    desk: makeDesk(),
    views: makeViews(),
    timeline: makeTimeline(),
    ...changes,
  };
}

function rule(eventType: string, samplingRate: number, alwaysKeep: boolean): Throttle {
  return { eventType, samplingRate, alwaysKeep, isDefault: true };
}

function problem(status: number, code: string): Answer {
  const body: Problem = { type: "about:blank", title: code, status, code, detail: code };
  return { status, body };
}

/** One request against the state, which it may change. */
export function answer(state: FakeState, request: Request): Answer {
  const { method, path } = request;
  const route = `${method} ${path}`;
  if (route === "POST /api/login") return signIn(state, request.body);
  const joined = join(state, request);
  if (joined !== undefined) return joined;
  if (!state.signedIn) return problem(401, "not_signed_in");
  if (route === "POST /api/logout") {
    state.signedIn = false;
    return { status: 204 };
  }
  state.me.needsSecondFactor =
    state.me.tenant.requireSecondFactor && state.people.factor.length === 0;
  if (route === "GET /api/me") return { status: 200, body: state.me };
  if (state.me.needsSecondFactor && !path.startsWith("/api/me/second-factor")) {
    return problem(403, "second_factor_required");
  }
  const ofPeople = people(state, request);
  if (ofPeople !== undefined) return ofPeople;
  // Templates and the like stand below the numbers' own path.
  const ofSending = sending(state.inbox, request);
  if (ofSending !== undefined) return ofSending;
  const ofChannels = channels(state.channels, request);
  if (ofChannels !== undefined) return ofChannels;
  const ofWebhooks = webhooks(state.webhooks, request);
  if (ofWebhooks !== undefined) return ofWebhooks;
  const ofQueues = queues(state.queues, request);
  if (ofQueues !== undefined) return ofQueues;
  const ofConversions = conversions(state.conversions, request);
  if (ofConversions !== undefined) return ofConversions;
  const ofCrm = crm(state.crm, request);
  if (ofCrm !== undefined) return ofCrm;
  const ofReport = report(state.report, request);
  if (ofReport !== undefined) return ofReport;
  const ofSales = sales(state.sales, request);
  if (ofSales !== undefined) return ofSales;
  const ofLinks = links(state.links, request);
  if (ofLinks !== undefined) return ofLinks;
  const ofLinking = linking(state.linking, request);
  if (ofLinking !== undefined) return ofLinking;
  const ofInbox = inbox(state.inbox, request, state.me.user.id);
  if (ofInbox !== undefined) return ofInbox;
  const ofClienteImports = clienteImports(state.clienteImports, request);
  if (ofClienteImports !== undefined) return ofClienteImports;
  const ofViews = deskViews(state.views, request);
  if (ofViews !== undefined) return ofViews;
  const ofReports = deskReports(state.desk, request);
  if (ofReports !== undefined) return ofReports;
  const ofDesk = desk(state.desk, request, state.me.user.id);
  if (ofDesk !== undefined) return ofDesk;
  const ofImports = imports(state.imports, request);
  if (ofImports !== undefined) return ofImports;
  const ofContacts =
    timeline(state.timeline, request) ?? contacts(state.contacts, request);
  if (ofContacts !== undefined) return ofContacts;
  if (path === "/api/tenant") {
    if (method === "PATCH") Object.assign(state.me.tenant, request.body);
    return { status: 200, body: { ...state.me.tenant, geoip: state.geoip } };
  }
  if (path.startsWith("/api/sites")) return sites(state, request);
  if (path.startsWith("/tracking-v2/throttling")) return throttling(state, request);
  if (path.startsWith("/api/exports")) return exportsOf(state, request);
  if (path.startsWith("/api/partitions")) return partitions(state, request);
  if (path.startsWith("/api/alerts/")) {
    return alerts(state.alerts, request) ?? problem(404, "alert_rule_not_found");
  }
  if (path.endsWith("/now")) return { status: 200, body: now(state, request.query) };
  if (path.endsWith("/breakdown")) {
    const found = breakdown(state.perDay, request.query);
    if (found.by === "country" && !state.geoip) {
      found.rows = found.rows.filter(({ value }) => value === "");
    }
    return { status: 200, body: found };
  }
  if (path.endsWith("/bots")) {
    return { status: 200, body: bots(stats(state, request.query), state.bots) };
  }
  if (path.endsWith("/funnel")) {
    return { status: 200, body: funnel(state.perDay, request.query) };
  }
  if (path.endsWith("/retention")) {
    const { timeZone } = state.me.tenant;
    return { status: 200, body: retention(state.perDay, timeZone, request.query) };
  }
  if (path.includes("/stats/tenant/")) {
    return { status: 200, body: stats(state, request.query) };
  }
  return problem(404, "not_found");
}

function signIn(state: FakeState, body: unknown): Answer {
  const { email, password, code } = body as Login;
  if (email !== state.me.user.email || password !== state.password) {
    return problem(401, "invalid_credentials");
  }
  const { factor } = state.people;
  if (factor.length > 0 && code === undefined) {
    return problem(401, "second_factor_needed");
  }
  if (factor.length > 0 && !factor.includes(code ?? "")) {
    return problem(401, "second_factor_wrong");
  }
  state.signedIn = true;
  return { status: 200, body: state.me };
}

function sites(state: FakeState, request: Request): Answer {
  const { method, path, body } = request;
  if (path.endsWith("/forms")) {
    const of = state.sites.find(({ id }) => path === `/api/sites/${id}/forms`);
    return of === undefined ? problem(404, "site_not_found") : siteForms(of, request);
  }
  if (method === "GET") return { status: 200, body: { items: state.sites } };
  const wanted = body as { name?: string; domains: string[] };
  if (method === "POST") {
    const site = makeSite({
      name: wanted.name ?? wanted.domains[0] ?? "",
      domains: wanted.domains,
      firstEventAt: null,
      lastEventAt: null,
    });
    state.sites.push(site);
    return { status: 201, body: site };
  }
  const site = state.sites.find(({ id }) => path.endsWith(id));
  if (site === undefined) return problem(404, "site_not_found");
  Object.assign(site, body);
  return { status: 200, body: site };
}

function throttling(state: FakeState, { method, path, body }: Request): Answer {
  const { items } = state.throttling;
  if (method === "GET") return { status: 200, body: state.throttling };
  const eventType = path.split("/").at(-1) ?? "";
  const index = items.findIndex((item) => item.eventType === eventType);
  if (method === "DELETE") {
    items[index] = rule(eventType, 50, false);
    return { status: 204 };
  }
  const { samplingRate, alwaysKeep } = body as Throttle;
  const saved = { eventType, samplingRate, alwaysKeep, isDefault: false };
  items.splice(index === -1 ? items.length : index, 1, saved);
  return { status: 200, body: saved };
}

function exportsOf(state: FakeState, { method, path, body }: Request): Answer {
  if (method === "GET") return { status: 200, body: state.exports };
  if (method === "PUT") {
    return { status: 200, body: setSchedule(state.exports, body as NewExportSchedule) };
  }
  if (path === "/api/exports") {
    return { status: 202, body: requestExport(state.exports, body as NewExport) };
  }
  const [, , , id = "", change = ""] = path.split("/");
  const changed = changeExport(state.exports, id, change);
  if (typeof changed !== "string") return { status: 200, body: changed };
  return problem(changed === "export_not_found" ? 404 : 409, changed);
}

function partitions(state: FakeState, { method, path, query }: Request): Answer {
  if (method === "GET") return { status: 200, body: state.partitions };
  const month = path.split("/").at(-1) ?? "";
  const removal = removeMonth(state.partitions, month, query.get("confirm"));
  if (typeof removal !== "string") return { status: 202, body: removal };
  return problem(removal === "partition_not_found" ? 404 : 422, removal);
}

/** The same noise every time, so that two screenshots can be compared. */
function noise(seed: number): number {
  const x = Math.sin(seed * 12.9898) * 43758.5453;
  return x - Math.floor(x);
}

export function now(state: FakeState, query: URLSearchParams): Now {
  const part = query.has("siteId") ? 0.4 : 1;
  const last = Math.floor(Date.now() / 60_000) * 60_000;
  const eventsPerMinute = Array.from({ length: 30 }, (_, index) => {
    const minute = last - (29 - index) * 60_000;
    const wave = 0.7 + 0.4 * noise(minute / 60_000) + 0.25 * Math.sin(index / 4);
    const share = index === 29 ? (Date.now() % 60_000) / 60_000 : 1;
    const events = Math.round((state.perDay / 300) * wave * part * share);
    return { minute: new Date(minute).toISOString(), events };
  });
  return {
    visitorsNow:
      state.perDay === 0 ? 0 : Math.round((38 + 6 * noise(Date.now() / 4000)) * part),
    eventsLastMinute: eventsPerMinute[28]?.events ?? 0,
    eventsPerMinute,
    asOf: new Date().toISOString(),
  };
}

const HOUR = 3_600_000;

export function stats(state: FakeState, query: URLSearchParams): EventStats {
  const from = query.get("from") ?? "2025-11-20";
  const to = query.get("to") ?? from;
  const start = Date.parse(`${from}T00:00:00-03:00`);
  const end = Math.min(Date.parse(`${to}T00:00:00-03:00`) + 24 * HOUR, Date.now());
  const asked = query.get("granularity") ?? "auto";
  const auto = end - start > 49 * HOUR ? "day" : "hour";
  const granularity = (asked === "auto" ? auto : asked) as EventStats["granularity"];
  const step = { hour: 1, day: 24, week: 168, month: 720 }[granularity] * HOUR;
  const part = query.has("siteId") ? 0.4 : 1;
  const series: EventStats["series"] = [];
  for (let at = start; at < end; at += step) {
    const days = Math.min(step, end - at) / (24 * HOUR);
    const hour = new Date(at).getUTCHours() - 3;
    const daily = granularity === "hour" ? 1 + 0.8 * Math.sin((hour - 9) / 3.8) : 1;
    const events = Math.round(
      state.perDay * part * days * daily * (0.75 + 0.5 * noise(at / HOUR)),
    );
    series.push({
      start: new Date(at).toISOString(),
      events,
      pageViews: Math.round(events * 0.31),
      uniqueVisitors: Math.round(events * 0.041),
      uniqueSessions: Math.round(events * 0.056),
    });
  }
  const total = series.reduce((sum, bucket) => sum + bucket.events, 0);
  const shares = {
    PAGE_VIEW: 0.31,
    SCROLL: 0.27,
    CLICK: 0.24,
    MOUSE_MOVE: 0.11,
    FORM_SUBMIT: 0.04,
    ADD_TO_CART: 0.03,
  };
  return {
    totalEvents: total,
    estimatedTotalEvents: state.sampled ? Math.round(total * 2.2) : total,
    sampled: state.sampled && total > 0,
    eventsByType: Object.fromEntries(
      Object.entries(shares)
        .map(([type, share]) => [type, Math.round(total * share)] as const)
        .filter(([, count]) => count > 0),
    ),
    uniqueVisitors: Math.round(total * 0.036),
    uniqueSessions: Math.round(total * 0.055),
    botEvents: Math.round(total * 0.021),
    dateRange: { from: `${from}T00:00:00-03:00`, to: `${to}T23:59:59-03:00` },
    timeZone: state.me.tenant.timeZone,
    granularity,
    series,
  };
}
