/** What the retention screen shows, as it stands in the URL. */
import { textOf } from "../../lib/search";
import { addDays, dayIn } from "../../lib/time";
import type { Span } from "../../lib/period";

/** How many weeks back the first cohort lies, this week included. */
export const SPANS = [8, 12, 26, 52] as const;
export type Weeks = (typeof SPANS)[number];

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface Filters {
  site?: string;
  weeks?: Weeks;
  /** Cohorts by the first event of this type; of any, if absent. */
  first?: string;
  /** Only events of this type are a return; any, if absent. */
  returns?: string;
  numbers?: "visitors";
}

const TYPE = /^[A-Z][A-Z0-9_]{0,63}$/;

function typeOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && TYPE.test(text) ? text : undefined;
}

/** Takes what it understands from a URL that anybody may have written. */
export function readFilters(search: Record<string, unknown>): Filters {
  const weeks = SPANS.find((one) => one === search.weeks);
  return {
    site: textOf(search.site),
    weeks: weeks === 12 ? undefined : weeks,
    first: typeOf(search.first),
    returns: typeOf(search.returns),
    numbers: search.numbers === "visitors" ? "visitors" : undefined,
  };
}

export function spanOf(weeks: Weeks, timeZone: string, now: Date): Span {
  const to = dayIn(timeZone, now);
  return { from: addDays(to, -7 * (weeks - 1)), to };
}
