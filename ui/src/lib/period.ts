/** The span of days that a screen tells of, as it stands in the URL. */
import { oneOf } from "./search";
import { addDays, dayIn, isDay, type Day } from "./time";

export const RANGES = ["today", "yesterday", "7d", "30d", "90d", "custom"] as const;
export type Range = (typeof RANGES)[number];

/** Seven days, if nothing is said; the days themselves only for a range of one's own. */
export interface Period {
  range?: Range;
  from?: Day;
  to?: Day;
}

export function readPeriod(search: Record<string, unknown>): Period {
  const { from, to } = search;
  const range = oneOf(RANGES, search.range);
  if (range !== "custom") return { range };
  if (!isDay(from) || !isDay(to) || from > to) return {};
  return { range, from, to };
}

export interface Span {
  from: Day;
  to: Day;
}

const DAYS_BACK: Record<"7d" | "30d" | "90d", number> = { "7d": 6, "30d": 29, "90d": 89 };

/** The days that are meant, both included, where the tenant is. */
export function spanOf(period: Period, timeZone: string, now: Date): Span {
  const today = dayIn(timeZone, now);
  const range = period.range ?? "7d";
  switch (range) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "custom":
      return { from: period.from ?? today, to: period.to ?? today };
    default:
      return { from: addDays(today, -DAYS_BACK[range]), to: today };
  }
}
