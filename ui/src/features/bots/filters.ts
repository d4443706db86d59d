/** What the screen of bots shows, as it stands in the URL. */
import { readPeriod, type Period } from "../../lib/period";
import { textOf } from "../../lib/search";

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface Filters extends Period {
  site?: string;
}

/** Takes what it understands from a URL that anybody may have written. */
export function readFilters(search: Record<string, unknown>): Filters {
  return { site: textOf(search.site), ...readPeriod(search) };
}
