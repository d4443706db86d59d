/** Reports on the lead desk, from memory: ten leads a day. */
import type {
  DeskLine,
  DeskOutcomes,
  DeskReturns,
  DeskStays,
  DeskTouch,
  Touch,
} from "../src/api/model";
import { addDays, daysBetween, type Day } from "../src/lib/time.ts";
import { BRUNO, CARLA, type FakeDesk } from "./fake-desk.ts";
import type { Answer, Request } from "./fake-pista.ts";

const PATH = "/api/desk/reports/";
const PER_DAY = 10;

export function deskReports(desk: FakeDesk, request: Request): Answer | undefined {
  const { path, query } = request;
  if (!path.startsWith(PATH)) return undefined;
  const days = desk.clientes.length === 0 ? [] : daysOf(query);
  switch (path.slice(PATH.length)) {
    case "first-touch":
      return ok(touchReport(query, days));
    case "stays":
      return ok(stays(query, days.length));
    case "returns":
      return ok(returns(query, days));
    case "outcomes":
      return ok(outcomes(query, days.length));
    case "lines":
      return ok({ items: lines(desk, query), next: null });
    case "csv":
    case "lines/csv":
      return ok("a,b");
    default:
      return undefined;
  }
}

function daysOf(query: URLSearchParams): Day[] {
  const from = query.get("from") ?? "2026-03-01";
  const to = query.get("to") ?? from;
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addDays(from, n));
}

function rangesOf(query: URLSearchParams) {
  const at = (name: string) => `${query.get(name) ?? "2026-03-01"}T05:00:00Z`;
  const dateRange = { from: at("from"), to: at("to") };
  return { dateRange, beforeRange: dateRange, timeZone: "America/Lima" };
}

function touch(cases: number, share: number): Touch {
  const opened = Math.floor(cases * 0.95);
  return {
    cases,
    opened,
    undecided: Math.min(cases - opened, 1),
    inTime: Math.round(cases * share),
    shareInTime: cases === 0 ? null : share,
    medianSeconds: cases === 0 ? null : 187,
    p90Seconds: cases === 0 ? null : 912,
  };
}

function touchReport(query: URLSearchParams, days: readonly Day[]): DeskTouch {
  const cases = days.length * PER_DAY;
  return {
    ...rangesOf(query),
    goalSeconds: 300,
    came: touch(cases, 0.6),
    cameBefore: touch(cases, 0.4),
    given: touch(cases * 2, 0.8),
    givenBefore: touch(cases, 0.7),
    days: daysOf(query).map((day) => ({ day, ...touch(days.length && PER_DAY, 0.6) })),
    hours: Array.from({ length: 24 }, (_, hour) => ({
      hour,
      ...touch(hour > 8 && hour < 19 ? days.length : 0, 0.5),
    })),
  };
}

function stays(query: URLSearchParams, days: number): DeskStays {
  const count = days * PER_DAY;
  const times = { averageSeconds: 140, medianSeconds: 95, p90Seconds: 300 };
  const none = { averageSeconds: null, medianSeconds: null, p90Seconds: null };
  const stay = (status: DeskStays["items"][number]["status"], stays: number) => ({
    status,
    stays,
    ...(stays === 0 ? none : times),
    leftBy: stays === 0 ? [] : [{ move: "derive" as const, clientes: stays }],
  });
  const items = [
    stay("nuevo", count),
    stay("derivado", count * 2),
    stay("en_gestion", count),
    stay("terminado", 0),
    stay("no_gestionado", days),
  ];
  return { ...rangesOf(query), items, before: items };
}

function returns(query: URLSearchParams, days: readonly Day[]): DeskReturns {
  const counts = (returned: number, ended: number) => ({
    returned,
    ended,
    share: ended === 0 ? null : returned / ended,
  });
  const found = days.length;
  return {
    ...rangesOf(query),
    totals: counts(found * 3, found * 12),
    before: counts(found * 4, found * 12),
    withdrawn: found,
    kinds: [
      { move: "time_out", status: "derivado", clientes: found * 2 },
      { move: "give_back", status: "en_gestion", clientes: found },
    ],
    reasons: [{ why: "No contesta", clientes: found }],
    often: [
      { times: 1, clientes: found * 2 },
      { times: 2, clientes: 4 },
    ],
    asesores: [
      { asesor: { id: BRUNO, name: "Bruno Salas" }, ...counts(found * 2, found * 8) },
      { asesor: { id: CARLA, name: "Carla Vega" }, ...counts(found, found * 4) },
    ],
    days: daysOf(query).map((day) => ({ day, ...counts(3, 12) })),
  };
}

const KEYS = {
  asesor: [
    [BRUNO, "Bruno Salas"],
    [CARLA, "Carla Vega"],
  ],
  campaign: [
    ["Día de la madre", null],
    [null, null],
  ],
  source: [
    ["form", null],
    ["whatsapp", null],
  ],
  hour: Array.from({ length: 24 }, (_, hour) => [String(hour), null]),
} as const;

function outcomes(query: URLSearchParams, days: number): DeskOutcomes {
  const by = (query.get("by") ?? "asesor") as DeskOutcomes["by"];
  const kinds = [
    { outcome: "Venta", clientes: days * 3 },
    { outcome: "No le interesa", clientes: days * 2 },
    { outcome: null, clientes: days },
  ];
  return {
    ...rangesOf(query),
    by,
    completed: days * 12,
    completedBefore: days * 10,
    returned: days * 3,
    returnedBefore: days * 4,
    outcomes: days === 0 ? [] : kinds,
    outcomesBefore: kinds,
    items: KEYS[by].map(([key, name]) => ({
      key,
      name,
      completed: days * 6,
      returned: days,
      averageSeconds: days === 0 ? null : 480,
      outcomes: kinds,
    })),
    more: 0,
  };
}

function lines(desk: FakeDesk, query: URLSearchParams): DeskLine[] {
  const outcome = query.get("outcome");
  return desk.clientes.slice(0, 3).map((cliente, n) => ({
    id: n + 1,
    clienteId: cliente.id,
    nombre: cliente.nombre,
    at: cliente.created_at,
    move: "open",
    from: "derivado",
    to: "en_gestion",
    seconds: 640,
    asesor: { id: BRUNO, name: "Bruno Salas" },
    campaign: cliente.campaign,
    source: cliente.source,
    outcome,
    why: null,
  }));
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}
