/** What the overview shows, as it stands in the URL. */
import { addDays, dayIn, isDay, type Day, type Granularity } from "../../lib/time";

export const RANGES = ["today", "yesterday", "7d", "30d", "90d", "custom"] as const;
export type Range = (typeof RANGES)[number];

export const METRICS = [
  "uniqueVisitors",
  "uniqueSessions",
  "pageViews",
  "events",
] as const;
export type Metric = (typeof METRICS)[number];

export const GRANULARITIES = ["auto", "hour", "day", "week", "month"] as const;

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface Filters {
  site?: string;
  range?: Range;
  from?: Day;
  to?: Day;
  metric?: Metric;
  granularity?: Granularity;
}

/** Takes what it understands from a URL that anybody may have written. */
export function readFilters(search: Record<string, unknown>): Filters {
  const { from, to } = search;
  const range = oneOf(RANGES, search.range);
  const granularity = oneOf(GRANULARITIES, search.granularity);
  const filters: Filters = {
    site: typeof search.site === "string" ? search.site : undefined,
    metric: oneOf(METRICS, search.metric),
    granularity: granularity === "auto" ? undefined : granularity,
  };
  if (range !== "custom") return { ...filters, range };
  if (!isDay(from) || !isDay(to) || from > to) return filters;
  return { ...filters, range, from, to };
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}

export interface Span {
  from: Day;
  to: Day;
}

const DAYS_BACK: Record<"7d" | "30d" | "90d", number> = { "7d": 6, "30d": 29, "90d": 89 };

/** The days that the filters ask for, both included, where the tenant is. */
export function spanOf(filters: Filters, timeZone: string, now: Date): Span {
  const today = dayIn(timeZone, now);
  const range = filters.range ?? "7d";
  switch (range) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "custom":
      return { from: filters.from ?? today, to: filters.to ?? today };
    default:
      return { from: addDays(today, -DAYS_BACK[range]), to: today };
  }
}
