/** The report from the ad to the sale, and what ads cost, for the fake Pista. */
import type {
  CreditedTo,
  SaleFigures,
  SaleReport,
  SaleReportLine,
  SaleReportResults,
  SpendImport,
  SpendPreview,
  SpendTerms,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeReport {
  lines: SaleReportLine[];
  others: SaleReport["others"];
  imports: SpendImport[];
}

const PATH = "/api/report";
const SPEND = "/api/spend";

export function makeFigures(changes: Partial<SaleFigures> = {}): SaleFigures {
  return {
    clicks: 0,
    bots: 0,
    visits: 0,
    contacts: 0,
    conversations: 0,
    leads: 0,
    sales: 0,
    salesOfCurrency: changes.sales ?? 0,
    revenueCents: 0,
    refundedCents: 0,
    costCents: null,
    ...changes,
  };
}

export function makeLine(changes: Partial<SaleReportLine> = {}): SaleReportLine {
  const campaign = changes.campaign === undefined ? "120210" : changes.campaign;
  return {
    key: JSON.stringify(changes.hasClick === false ? [] : [campaign ?? ""]),
    hasClick: true,
    campaign,
    adset: null,
    ad: null,
    linkId: null,
    source: null,
    name: null,
    partOf: [],
    figures: makeFigures(),
    ...changes,
  };
}

export function makeReport(changes: Partial<FakeReport> = {}): FakeReport {
  return {
    lines: [
      makeLine({
        name: "Otoño",
        figures: makeFigures({
          clicks: 1_000,
          bots: 40,
          visits: 800,
          contacts: 120,
          conversations: 110,
          leads: 60,
          sales: 20,
          revenueCents: 500_000,
          costCents: 100_000,
        }),
      }),
      makeLine({
        campaign: "invierno",
        figures: makeFigures({ clicks: 400, sales: 2, revenueCents: 30_000 }),
      }),
      makeLine({
        campaign: null,
        hasClick: false,
        figures: makeFigures({ contacts: 8, sales: 3, revenueCents: 45_000 }),
      }),
    ],
    others: [],
    imports: [],
    ...changes,
  };
}

export function report(state: FakeReport, request: Request): Answer | undefined {
  const { path } = request;
  if (path === PATH) return { status: 200, body: whole(state, request) };
  if (path === `${PATH}/results`) return { status: 200, body: results(request) };
  if (path.startsWith(`${PATH}/credits/`)) return { status: 200, body: credit(request) };
  return path.startsWith(SPEND) ? spend(state, request) : undefined;
}

function sum(figures: readonly SaleFigures[]): SaleFigures {
  const total = makeFigures();
  for (const one of figures) {
    for (const name of Object.keys(total) as (keyof SaleFigures)[]) {
      if (one[name] !== null) total[name] = (total[name] ?? 0) + (one[name] ?? 0);
    }
  }
  return total;
}

function whole({ lines, others }: FakeReport, { query }: Request): SaleReport {
  const totals = sum(lines.map(({ figures }) => figures));
  const line = lines.find(({ key }) => key === query.get("key"));
  const drawn = line?.figures ?? totals;
  return {
    currency: query.get("currency") ?? "PEN",
    currencies: ["PEN", "USD"],
    others,
    timeZone: "America/Lima",
    start: "2025-11-23T05:00:00Z",
    end: "2025-11-30T05:00:00Z",
    granularity: "day",
    by: (query.get("by") ?? "campaign") as SaleReport["by"],
    cohort: (query.get("cohort") ?? "event") as SaleReport["cohort"],
    model: (query.get("model") ?? "last") as SaleReport["model"],
    totals,
    before: makeFigures({ clicks: 700, sales: 20, revenueCents: 500_000 }),
    lines,
    moreLines: 7,
    points: Array.from({ length: 7 }, (_, day) => ({
      start: `2025-11-${String(23 + day)}T05:00:00Z`,
      figures: makeFigures({
        clicks: Math.round(drawn.clicks / 7),
        revenueCents: Math.round(drawn.revenueCents / 7),
      }),
    })),
  };
}

function results({ query }: Request): SaleReportResults {
  const kind = (query.get("kind") ??
    "sale") as SaleReportResults["items"][number]["kind"];
  const isOrganic = query.get("key") === "[]";
  return {
    items: [
      {
        kind,
        id: kind === "sale" ? "sale-1" : "7",
        at: "2025-11-28T15:00:00Z",
        clickAt: isOrganic ? null : "2025-11-27T15:00:00Z",
        part: 1,
        valueCents: kind === "sale" ? 25_000 : 0,
        refundedCents: 0,
        currency: kind === "sale" ? "PEN" : null,
        contactId: "cntct_1",
        contactName: "Rosa Vega",
      },
    ],
    next: null,
  };
}

function credit({ query }: Request): CreditedTo {
  const step = { found: 1, usable: 1, paid: 1, clickId: null };
  return {
    kind: (query.get("kind") ?? "sale") as "sale",
    id: "sale-1",
    at: "2025-11-28T15:00:00Z",
    method: "start",
    steps: [
      { ...step, place: "chat", finding: "taken" },
      {
        ...step,
        place: "token",
        found: 0,
        usable: 0,
        paid: 0,
        finding: "decided_before",
      },
    ],
    clickId: crypto.randomUUID(),
    clickAt: "2025-11-27T15:00:00Z",
    campaign: "120210",
    campaignName: "Rosas BR",
    adset: "77",
    adsetName: null,
    ad: null,
    adName: null,
    linkId: null,
    touches: 1,
    decidedAt: "2025-11-28T15:00:01Z",
  };
}

function spend(state: FakeReport, request: Request): Answer | undefined {
  const { method, path } = request;
  if (path === SPEND) return { status: 200, body: { items: [] } };
  if (path === `${SPEND}/imports` && method === "GET") {
    return { status: 200, body: { items: state.imports } };
  }
  if (path === `${SPEND}/imports`) return upload(state);
  const [, id, step] = /^\/api\/spend\/imports\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  const made = state.imports.find((one) => one.id === id);
  if (made === undefined) return undefined;
  if (step === "preview") {
    return { status: 200, body: preview(request.body as SpendTerms) };
  }
  const next: SpendImport =
    step === "start"
      ? { ...made, state: "done", lines: 2, refused: 1 }
      : { ...made, state: "undone", takenBack: 2 };
  state.imports = state.imports.map((one) => (one === made ? next : one));
  return { status: 200, body: next };
}

function upload(state: FakeReport): Answer {
  const made: SpendImport = {
    id: crypto.randomUUID(),
    file: "meta.csv",
    encoding: "utf-8",
    separator: ",",
    header: true,
    sample: [
      ["Día", "Campaña", "Importe gastado (PEN)"],
      ["2025-11-20", "Otoño", "12.50"],
    ],
    rows: 3,
    guessed: {
      mapping: { day: 0, campaign: 1, cost: 2 },
      header: true,
      platform: "meta",
      currency: "PEN",
      dayFirst: true,
      decimalComma: false,
    },
    state: "uploaded",
    lines: 0,
    takenBack: 0,
    refused: 0,
    askedBy: "Ana Souza",
    createdAt: "2025-11-29T15:00:00Z",
    finishedAt: null,
  };
  state.imports = [made, ...state.imports];
  return { status: 201, body: made };
}

function preview({ platform, currency }: SpendTerms): SpendPreview {
  return {
    lines: 2,
    replaced: 1,
    overlapping: 1,
    firstDay: "2025-11-20",
    lastDay: "2025-11-21",
    totals: [{ currency, costCents: 2_500 }],
    top: [
      {
        day: "2025-11-20",
        platform,
        currency,
        costCents: 1_250,
        campaignId: "",
        campaign: "Otoño",
        adsetId: "",
        adset: "",
        adId: "",
        ad: "",
        impressions: null,
        clicks: null,
      },
    ],
    refused: 1,
    troubles: [{ row: 4, trouble: "bad_day" }],
  };
}
