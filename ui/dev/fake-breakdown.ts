/** Breakdowns that look like a shop's, the same every time. */
import type { Breakdown, BreakdownRow, Counts } from "../src/api/model";

/** Each property's values, the most frequent first; `""` is none. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  page: ["/", ...Array.from({ length: 59 }, (_, index) => `/producto/${index + 1}`)],
  entry_page: ["/", "/ofertas", "/blog/cuidado-de-la-piel"],
  referrer: ["", "google.com", "instagram.com", "blog.example"],
  channel: ["paid_social", "organic_search", "direct", "messaging", "paid_search"],
  utm_source: ["", "instagram", "google"],
  utm_medium: ["", "paid_social", "cpc"],
  utm_campaign: ["", "verano", "vuelta-a-clases"],
  country: ["BR", "PE", "MX", ""],
  device: ["mobile", "desktop", "tablet"],
  browser: ["Chrome", "Safari", "Samsung Internet", "Firefox"],
  os: ["Android", "iOS", "Windows", "macOS"],
  eventType: ["PAGE_VIEW", "SCROLL", "CLICK", "ADD_TO_CART"],
  "metadata.plan": ["", "mensual", "anual"],
};

/** Answers a breakdown for a shop with so many events a day. */
export function breakdown(perDay: number, query: URLSearchParams): Breakdown {
  const by = query.get("by") ?? "page";
  const sort = (query.get("sort") ?? "visitors") as keyof Counts;
  const offset = Number(query.get("offset") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  const compare = query.get("compare") === "true";
  const filters = query.getAll("filter");
  const scale = (perDay * 7 * (query.has("siteId") ? 0.4 : 1)) / (filters.length + 1);
  const rows = (perDay === 0 ? [] : (VALUES[by] ?? [""]))
    .map((value, index) => row(value, index, scale, compare))
    .filter(({ value }) => filters.every((filter) => holds(filter, by, value)))
    .toSorted((a, b) => b[sort] - a[sort]);
  const range = { from: query.get("from") ?? "", to: query.get("to") ?? "" };
  return {
    by,
    dateRange: range,
    comparedTo: compare
      ? { from: "2025-11-09T00:00:00-03:00", to: "2025-11-16T00:00:00-03:00" }
      : null,
    total: offset < rows.length ? rows.length : 0,
    offset,
    rows: rows.slice(offset, offset + limit),
  };
}

function row(
  value: string,
  index: number,
  scale: number,
  compare: boolean,
): BreakdownRow {
  const events = Math.round((scale * 0.4) / (index + 1));
  const factor = [0.8, 1.25, 1, 0, 1.04][index % 5] ?? 1;
  return { value, ...counts(events), before: compare ? counts(events * factor) : null };
}

function counts(events: number): Counts {
  return {
    events: Math.round(events),
    pageViews: Math.round(events * 0.31),
    sessions: Math.round(events * 0.056),
    visitors: Math.round(events * 0.041),
  };
}

function holds(filter: string, by: string, value: string): boolean {
  const colon = filter.indexOf(":");
  const negated = filter[colon - 1] === "!";
  if (filter.slice(0, negated ? colon - 1 : colon) !== by) return true;
  return (filter.slice(colon + 1) === value) !== negated;
}
