/** Alert rules of a shop, with a past that is the same every time. */
import type {
  AlertDelivery,
  AlertFiring,
  AlertHistory,
  AlertRule,
  NewAlertRule,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeAlerts {
  rules: AlertRule[];
  firings: AlertFiring[];
  /** Events of a usual hour. */
  perHour: number;
  /** What a test of a webhook comes to. */
  tested: { status: number | null; error: string | null; milliseconds: number };
}

const HOUR = 3_600_000;

export function makeRule(changes: Partial<AlertRule> = {}): AlertRule {
  return {
    id: crypto.randomUUID(),
    name: "Visitantes fuera de lo normal",
    kind: "anomaly",
    metric: "uniqueVisitors",
    eventType: null,
    siteId: null,
    comparison: "either",
    threshold: null,
    windowMinutes: 60,
    sensitivity: 4,
    enabled: true,
    webhookUrl: null,
    state: "ok",
    stateSince: new Date(Date.now() - 26 * HOUR).toISOString(),
    lastValue: 212,
    lastExpected: 198.5,
    lastEvaluatedAt: new Date(Date.now() - 40_000).toISOString(),
    createdAt: "2025-11-01T12:00:00Z",
    ...changes,
  };
}

export function makeDelivery(changes: Partial<AlertDelivery> = {}): AlertDelivery {
  return {
    id: crypto.randomUUID(),
    about: "fired",
    state: "delivered",
    attempts: 1,
    nextAttemptAt: null,
    deliveredAt: new Date(Date.now() - 11 * 60_000).toISOString(),
    lastStatus: 200,
    lastError: null,
    ...changes,
  };
}

export function makeFiring(
  rule: AlertRule,
  changes: Partial<AlertFiring> = {},
): AlertFiring {
  return {
    id: crypto.randomUUID(),
    ruleId: rule.id,
    ruleName: rule.name,
    kind: rule.kind,
    metric: rule.metric,
    firedAt: new Date(Date.now() - 12 * 60_000).toISOString(),
    recoveredAt: null,
    ending: null,
    value: rule.lastValue ?? 0,
    expected: rule.lastExpected,
    threshold: rule.threshold,
    deliveries: [],
    ...changes,
  };
}

/** A rule of each kind and state, and what has fired. */
export function makeAlerts(): FakeAlerts {
  const silence = makeRule({
    id: "rule-silence",
    name: "La tienda no envía nada",
    kind: "silence",
    metric: "events",
    comparison: "below",
    windowMinutes: 30,
    sensitivity: null,
    webhookUrl: "https://avisos.aurora.example/pista",
    state: "firing",
    stateSince: new Date(Date.now() - 12 * 60_000).toISOString(),
    lastValue: 0,
    lastExpected: null,
  });
  const limit = makeRule({
    id: "rule-limit",
    name: "Demasiados bots",
    kind: "threshold",
    metric: "botEvents",
    comparison: "above",
    threshold: 1500,
    sensitivity: null,
    lastValue: 84,
    lastExpected: null,
    enabled: false,
    state: "paused",
  });
  const anomaly = makeRule({ id: "rule-anomaly" });
  const young = makeRule({
    id: "rule-young",
    name: "Carritos",
    metric: "events",
    eventType: "ADD_TO_CART",
    state: "learning",
    lastValue: 12,
    lastExpected: null,
  });
  return {
    rules: [limit, anomaly, silence, young],
    firings: [
      makeFiring(silence, {
        id: "firing-open",
        deliveries: [
          makeDelivery({
            id: "delivery-dead",
            state: "dead",
            attempts: 12,
            deliveredAt: null,
            lastStatus: 503,
            lastError: "The webhook answered 503.",
          }),
        ],
      }),
      makeFiring(anomaly, {
        id: "firing-over",
        firedAt: new Date(Date.now() - 50 * HOUR).toISOString(),
        recoveredAt: new Date(Date.now() - 48 * HOUR).toISOString(),
        ending: "recovered",
        value: 611,
        expected: 203,
        deliveries: [makeDelivery(), makeDelivery({ about: "recovered", attempts: 3 })],
      }),
    ],
    perHour: 200,
    tested: { status: 200, error: null, milliseconds: 48 },
  };
}

export function alerts(fake: FakeAlerts, request: Request): Answer | undefined {
  const { method, path } = request;
  const [, , , place = "", id = "", action = ""] = path.split("/");
  const route = `${method} ${place}${id === "" ? "" : "/id"}${action && `/${action}`}`;
  const rule = fake.rules.find((one) => one.id === id);
  switch (route) {
    case "GET rules":
      return { status: 200, body: { items: fake.rules } };
    case "POST rules":
      return create(fake, request.body as NewAlertRule);
    case "POST preview":
      return { status: 200, body: history(fake, request.body as AlertRule) };
    case "GET firings":
      return { status: 200, body: firings(fake, request.query) };
    case "POST deliveries/id/retry":
      for (const { deliveries } of fake.firings) {
        const found = deliveries.find((one) => one.id === id);
        if (found !== undefined) Object.assign(found, { state: "waiting", attempts: 0 });
      }
      return { status: 202 };
  }
  return rule && ofRule(fake, rule, route, request.body);
}

function ofRule(
  fake: FakeAlerts,
  rule: AlertRule,
  route: string,
  body: unknown,
): Answer | undefined {
  switch (route) {
    case "PATCH rules/id":
      return change(rule, body as Partial<AlertRule>);
    case "DELETE rules/id":
      fake.rules.splice(fake.rules.indexOf(rule), 1);
      return { status: 204 };
    case "GET rules/id/history":
      return { status: 200, body: history(fake, rule) };
    case "POST rules/id/test":
      return { status: 200, body: fake.tested };
    case "POST rules/id/secret":
      return { status: 200, body: { webhookSecret: "whsec_nuevo" } };
    default:
      return undefined;
  }
}

function create(fake: FakeAlerts, wanted: NewAlertRule): Answer {
  const given = wanted as Partial<AlertRule>;
  const rule = makeRule({
    sensitivity: null,
    ...given,
    state: wanted.kind === "anomaly" ? "learning" : "ok",
    stateSince: new Date().toISOString(),
    lastValue: null,
    lastExpected: null,
    lastEvaluatedAt: null,
  });
  fake.rules.push(rule);
  return { status: 201, body: { ...rule, webhookSecret: secretOf(wanted.webhookUrl) } };
}

function change(rule: AlertRule, wanted: Partial<AlertRule>): Answer {
  const fresh = rule.webhookUrl === null ? secretOf(wanted.webhookUrl) : null;
  Object.assign(rule, wanted);
  if (wanted.enabled !== undefined) rule.state = wanted.enabled ? "ok" : "paused";
  return { status: 200, body: { ...rule, webhookSecret: fresh } };
}

function secretOf(url: string | null | undefined): string | null {
  return url ? "whsec_3q7Vb1s0nTzYxk9" : null;
}

function firings(fake: FakeAlerts, query: URLSearchParams) {
  const [rule, state] = [query.get("ruleId"), query.get("state")];
  const limit = Number(query.get("limit") ?? 50);
  const all = fake.firings.filter(
    (one) =>
      (rule === null || one.ruleId === rule) &&
      (state === null || (state === "firing") === (one.recoveredAt === null)),
  );
  const from = all.findIndex(({ id }) => id === query.get("before")) + 1;
  const items = all.slice(from, from + limit);
  const more = from + limit < all.length;
  return { items, next: more ? (items.at(-1)?.id ?? null) : null };
}

/** Two weeks by the hour, with one evening that nobody expected. */
function history(fake: FakeAlerts, rule: Partial<AlertRule>): AlertHistory {
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  const points = Array.from({ length: 14 * 24 }, (_, index) => {
    const at = now - (14 * 24 - index) * HOUR;
    const expected = usual(fake.perHour, at);
    const odd = index >= 200 && index < 203 ? 2.6 : 1;
    const wave = 1 + 0.1 * Math.sin(at / 7_000_000);
    const width =
      (rule.sensitivity ?? 4) * Math.max(Math.sqrt(expected), expected * 0.05);
    const known = rule.kind === "anomaly" && index > 24;
    return {
      start: `${new Date(at - 3 * HOUR).toISOString().slice(0, 19)}-03:00`,
      actual: Math.round(expected * wave * odd),
      expected: known ? expected : null,
      low: known ? Math.max(0, expected - width) : null,
      high: known ? expected + width : null,
    };
  });
  return { points, timeZone: "America/Sao_Paulo" };
}

function usual(perHour: number, at: number): number {
  const hour = (new Date(at).getUTCHours() + 21) % 24;
  return Math.round(perHour * (1 + 0.8 * Math.sin((hour - 9) / 3.8)));
}
