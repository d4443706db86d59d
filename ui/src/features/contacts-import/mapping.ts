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

/** By one of these a row says who it is about. */
export function namesSomebody(roles: readonly Role[]): boolean {
  return roles.some((role) => ["email", "phone", "crmId", "userId"].includes(role));
}
