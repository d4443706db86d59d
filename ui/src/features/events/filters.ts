/** What the events screen shows, as it stands in the URL. */
import { readPeriod, type Period } from "../../lib/period";
import { oneOf, textOf } from "../../lib/search";

/** The properties that every event has, in the groups that they are chosen from. */
export const PROPERTY_GROUPS = [
  { name: "pages", properties: ["page", "entry_page"] },
  {
    name: "sources",
    properties: ["channel", "referrer", "utm_source", "utm_medium", "utm_campaign"],
  },
  { name: "visitors", properties: ["country", "device", "browser", "os"] },
  { name: "events", properties: ["eventType"] },
] as const;

export type KnownProperty = (typeof PROPERTY_GROUPS)[number]["properties"][number];
export type Property = KnownProperty | `metadata.${string}`;

export const PROPERTIES: readonly KnownProperty[] = PROPERTY_GROUPS.flatMap(
  ({ properties }): readonly KnownProperty[] => properties,
);

const METADATA_KEY = /^[^\p{Cc}]{1,64}$/u;

export const SORTS = ["visitors", "sessions", "events", "pageViews"] as const;
export type Sort = (typeof SORTS)[number];

/** One condition: only what has this value or, negated, only what has not. */
export interface Condition {
  property: Property;
  value: string;
  negated: boolean;
}

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
    ...readPeriod(search),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function pageOf(value: unknown): number | undefined {
  const known = typeof value === "number" && Number.isInteger(value);
  return known && value > 1 && value <= 10_000 ? value : undefined;
}

export function propertyOf(name: unknown): Property | undefined {
  if (typeof name !== "string") return undefined;
  const key = metadataKey(name);
  if (key !== undefined)
    return METADATA_KEY.test(key) ? metadataProperty(key) : undefined;
  return oneOf(PROPERTIES, name);
}

export function metadataProperty(key: string): Property {
  return `metadata.${key}`;
}

/** The key, if the property is one that the site itself has named. */
export function metadataKey(property: string): string | undefined {
  return property.startsWith("metadata.") ? property.slice(9) : undefined;
}

export function isMetadataKey(text: string): boolean {
  return METADATA_KEY.test(text);
}

export function conditionOf(text: unknown): Condition | undefined {
  if (typeof text !== "string" || !text.includes(":")) return undefined;
  const colon = text.indexOf(":");
  const negated = text[colon - 1] === "!";
  const property = propertyOf(text.slice(0, negated ? colon - 1 : colon));
  if (property === undefined) return undefined;
  return { property, value: text.slice(colon + 1), negated };
}

export function writeCondition({ property, value, negated }: Condition): string {
  return `${property}${negated ? "!" : ""}:${value}`;
}

export function conditionsOf(filters: Filters): Condition[] {
  return (filters.filter ?? []).map(conditionOf).filter((one) => one !== undefined);
}

/** A key with a colon or a mark of its own at the end would be read as something else. */
export function mayFilterBy(property: string): boolean {
  return !property.includes(":") && !property.endsWith("!");
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
