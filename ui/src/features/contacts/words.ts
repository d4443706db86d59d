/** Contacts in the reader's language. */
import { useCallback } from "react";

import type { Contact } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";

const SOURCES = [
  "api",
  "crm",
  "desk",
  "form",
  "ghl",
  "identify",
  "import",
  "manual",
  "person",
  "sale",
  "segment",
  "telegram",
  "ud",
  "webhook",
  "whatsapp",
] as const;

/** Who told of a contact; its own name, if it has no other. */
export function useSourceWord(): (source: string) => string {
  const { t } = useSpeech();
  return useCallback(
    (source) => {
      const known = oneOf(SOURCES, source);
      return known === undefined ? source : t(`contacts.source.${known}`);
    },
    [t],
  );
}

/** What a contact is called: by its name, or else by the first thing that it is known by. */
export function useContactName(): (
  contact: Pick<Contact, "name" | "email" | "phone" | "crmId">,
) => string {
  const { t } = useSpeech();
  return useCallback(
    ({ name, email, phone, crmId }) =>
      name ??
      email ??
      (phone === null ? crmId : showPhone(phone)) ??
      t("contacts.unnamed"),
    [t],
  );
}

/** Supervisors change contacts; advisors read them. */
export function useMayChange(): boolean {
  return useMe().user.role !== "asesor";
}

/** Country codes; none is the beginning of another. */
const CODES =
  "1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|" +
  "2[1-689]\\d|3[578]\\d|42\\d|5[09]\\d|6[7-9]\\d|8[058]\\d|9[679]\\d";
const E164 = new RegExp(`^\\+(${CODES})(\\d{6,})$`);

/** `+51987612345` in groups that an eye can hold; what is not E.164 stays as it is. */
export function showPhone(phone: string): string {
  const [, code, rest] = E164.exec(phone) ?? [];
  if (code === undefined || rest === undefined) return phone;
  const groups =
    rest.length === 11
      ? rest.replace(/^(\d{2})(\d{5})(\d{4})$/, "$1 $2 $3")
      : rest.replace(/(\d{3})(?=\d{3})/g, "$1 ");
  return `+${code} ${groups}`;
}
