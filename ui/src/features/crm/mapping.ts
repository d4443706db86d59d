/** Where the fields of a contact stand in a payload. */
import type { SourceMapping } from "../../api/model";

export const FIELDS = [
  "contactId",
  "email",
  "phone",
  "name",
  "visitorId",
  "updatedAt",
] as const;

export type Field = (typeof FIELDS)[number];

/** What the next click in the payload is for. */
export type Chosen = { field: Field } | { attribute: string };

export function chosenName(chosen: Chosen): string {
  return "field" in chosen ? chosen.field : chosen.attribute;
}

export function pathOf(mapping: SourceMapping, chosen: Chosen): string {
  const path =
    "field" in chosen ? mapping[chosen.field] : mapping.attributes?.[chosen.attribute];
  return path ?? "";
}

/** The mapping with the chosen field at this place; nowhere, if the place is empty. */
export function placed(
  mapping: SourceMapping,
  chosen: Chosen,
  path: string,
): SourceMapping {
  if ("field" in chosen) {
    return { ...mapping, [chosen.field]: path === "" ? null : path };
  }
  const others = Object.entries(mapping.attributes ?? {}).filter(
    ([name]) => name !== chosen.attribute,
  );
  const own: [string, string][] = path === "" ? [] : [[chosen.attribute, path]];
  return { ...mapping, attributes: Object.fromEntries([...others, ...own]) };
}

/** The places that are some field's already. */
export function taken(mapping: SourceMapping): ReadonlySet<string> {
  const fields = FIELDS.map((field) => mapping[field]);
  const attributes = Object.values(mapping.attributes ?? {});
  return new Set([...fields, ...attributes].filter((path) => typeof path === "string"));
}
