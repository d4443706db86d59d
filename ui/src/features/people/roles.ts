import type { Person } from "../../api/model";
import { useSpeech } from "../../lib/i18n";

export const ROLES = [
  "admin",
  "gtr",
  "asesor",
] as const satisfies readonly Person["role"][];

/** The roles, as a list to choose from. */
export function useRoles(): { value: Person["role"]; label: string }[] {
  const { t } = useSpeech();
  return ROLES.map((value) => ({ value, label: t(`user.role.${value}`) }));
}
