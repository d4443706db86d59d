/** What events are told apart by, and conditions on it, as they stand in a URL. */
import { oneOf } from "./search";

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

type KnownProperty = (typeof PROPERTY_GROUPS)[number]["properties"][number];
export type Property = KnownProperty | `metadata.${string}`;

export const PROPERTIES: readonly KnownProperty[] = PROPERTY_GROUPS.flatMap(
  ({ properties }): readonly KnownProperty[] => properties,
);

const METADATA_KEY = /^[^\p{Cc}]{1,64}$/u;

/** One condition: only what has this value or, negated, only what has not. */
export interface Condition {
  property: Property;
  value: string;
  negated: boolean;
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

/** A key with a colon or a mark of its own at the end would be read as something else. */
export function mayFilterBy(property: string): boolean {
  return !property.includes(":") && !property.endsWith("!");
}
