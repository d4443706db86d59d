/** What each column of a file of clientes is. */
import type { ClienteColumns } from "../../../api/model";

export const FIELDS = [
  "phone",
  "name",
  "lastName",
  "email",
  "campaign",
  "source",
  "notes",
  "asesor",
  "nextAction",
  "nextActionAt",
] as const;

export type Role = (typeof FIELDS)[number] | "skip";

export function rolesOf(mapping: ClienteColumns, width: number): Role[] {
  const roles: Role[] = Array.from({ length: width }, () => "skip");
  for (const field of FIELDS) {
    const column = mapping[field];
    if (column !== null && column !== undefined) roles[column] = field;
  }
  return roles;
}

export function mappingOf(roles: readonly Role[]): ClienteColumns {
  const mapping: ClienteColumns = {};
  roles.forEach((role, column) => {
    if (role !== "skip") mapping[role] = column;
  });
  return mapping;
}

/** Somebody without a phone or an e-mail is nobody to call. */
export function namesSomebody(roles: readonly Role[]): boolean {
  return roles.includes("phone") || roles.includes("email");
}
