/** What the events screen shows, as it stands in the URL. */
import { readPeriod, type Period } from "../../lib/period";
import {
  conditionOf,
  propertyOf,
  writeCondition,
  type Condition,
  type Property,
} from "../../lib/properties";
import { listOf, oneOf, textOf } from "../../lib/search";

export const SORTS = ["visitors", "sessions", "events", "pageViews"] as const;
export type Sort = (typeof SORTS)[number];

export const MOST_CONDITIONS = 10;
export const PAGE_SIZE = 25;

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface Filters extends Period {
  site?: string;
  by?: Property;
  /** Conditions as the server writes them: `channel:direct`, `channel!:direct`. */
  filter?: string[];
  sort?: Sort;
  compare?: true;
  page?: number;
  /** Events as they come instead of what was counted, and which of them. */
  view?: "live";
  type?: string;
  text?: string;
}

/** Takes what it understands from a URL that anybody may have written. */
export function readFilters(search: Record<string, unknown>): Filters {
  const by = propertyOf(search.by);
  const sort = oneOf(SORTS, search.sort);
  const conditions = listOf(search.filter).map(conditionOf);
  const filter = conditions.filter((one) => one !== undefined).map(writeCondition);
  return {
    site: textOf(search.site),
    by: by === "page" ? undefined : by,
    filter: filter.length === 0 ? undefined : filter.slice(0, MOST_CONDITIONS),
    sort: sort === "visitors" ? undefined : sort,
    compare: search.compare === true ? true : undefined,
    page: pageOf(search.page),
    view: search.view === "live" ? "live" : undefined,
    type: /^[A-Z][A-Z0-9_]{0,63}$/.exec(textOf(search.type) ?? "")?.[0],
    text: textOf(search.text)?.slice(0, 200),
    ...readPeriod(search),
  };
}

function pageOf(value: unknown): number | undefined {
  const known = typeof value === "number" && Number.isInteger(value);
  return known && value > 1 && value <= 10_000 ? value : undefined;
}

export function conditionsOf(filters: Filters): Condition[] {
  return (filters.filter ?? []).map(conditionOf).filter((one) => one !== undefined);
}

/** The conditions with one more, without those that it makes needless or that forbid it. */
export function addCondition(
  conditions: readonly Condition[],
  added: Condition,
): Condition[] {
  const rest = conditions.filter(
    ({ property, value, negated }) =>
      property !== added.property || (added.negated && negated && value !== added.value),
  );
  return [...rest, added].slice(-MOST_CONDITIONS);
}

/** Other conditions show other values: from their first page. */
export function withConditions(
  filters: Filters,
  conditions: readonly Condition[],
): Filters {
  const filter = conditions.length === 0 ? undefined : conditions.map(writeCondition);
  return { ...filters, filter, page: undefined };
}
