/** What each column of a file is. */
import type { ColumnMapping } from "../../api/model";

export const FIELDS = [
  "email",
  "phone",
  "name",
  "lastName",
  "crmId",
  "userId",
  "tags",
] as const;

export type Field = (typeof FIELDS)[number];
/** `attribute` is what is none of the others; `skip` is left out. */
export type Role = Field | "attribute" | "skip";

export function rolesOf(mapping: ColumnMapping, width: number): Role[] {
  const roles: Role[] = Array.from({ length: width }, () => "skip");
  for (const column of Object.values(mapping.attributes ?? {})) {
    roles[column] = "attribute";
  }
  for (const field of FIELDS) {
    const column = mapping[field];
    if (column !== null && column !== undefined) roles[column] = field;
  }
  return roles;
}

/** No two columns are the same field: the last one that somebody chose is it. */
export function withRole(roles: readonly Role[], column: number, role: Role): Role[] {
  return roles.map((old, place) => {
    if (place === column) return role;
    return old === role && role !== "attribute" ? "skip" : old;
  });
}

export function mappingOf(
  roles: readonly Role[],
  names: readonly string[],
): ColumnMapping {
  const mapping: ColumnMapping = { attributes: {} };
  const attributes: Record<string, number> = {};
  roles.forEach((role, column) => {
    if (role === "attribute") attributes[names[column] ?? ""] = column;
    else if (role !== "skip") mapping[role] = column;
  });
  return { ...mapping, attributes };
}

/** The columns' names, each once; a column without one is called by its number. */
export function namesOf(
  first: readonly string[],
  width: number,
  header: boolean,
  numbered: (column: number) => string,
): string[] {
  const names: string[] = [];
  for (let column = 0; column < width; column++) {
    const name = (header ? (first[column] ?? "") : "").trim().slice(0, 60);
    const own = name === "" ? numbered(column + 1) : name;
    names.push(names.includes(own) ? `${own} ${String(column + 1)}` : own);
  }
  return names;
}

/** By one of these a row says who it is about. */
export function namesSomebody(roles: readonly Role[]): boolean {
  return roles.some((role) => ["email", "phone", "crmId", "userId"].includes(role));
}
