/** What the overview shows, as it stands in the URL. */
import { readPeriod, type Period } from "../../lib/period";
import { oneOf, textOf } from "../../lib/search";
import type { Granularity } from "../../lib/time";

export const METRICS = [
  "uniqueVisitors",
  "uniqueSessions",
  "pageViews",
  "events",
] as const;
export type Metric = (typeof METRICS)[number];

export const GRANULARITIES = ["auto", "hour", "day", "week", "month"] as const;

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface Filters extends Period {
  site?: string;
  metric?: Metric;
  granularity?: Granularity;
}

/** Takes what it understands from a URL that anybody may have written. */
export function readFilters(search: Record<string, unknown>): Filters {
  const granularity = oneOf(GRANULARITIES, search.granularity);
  return {
    site: textOf(search.site),
    metric: oneOf(METRICS, search.metric),
    granularity: granularity === "auto" ? undefined : granularity,
    ...readPeriod(search),
  };
}
