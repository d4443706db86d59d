/** Links, claims and contacts in the reader's language. */
import { useCallback } from "react";

import type { Contact, LinkClaim } from "../../api/model";
import { useSpeech } from "../../lib/i18n";

/** What a contact is called: by its name, or else by the first thing that it is known by. */
export function useNameOf(): (contact: Contact) => string {
  const { t } = useSpeech();
  return useCallback(
    ({ name, email, phone, crmId }) =>
      name ?? email ?? phone ?? crmId ?? t("linking.unnamed"),
    [t],
  );
}

/** A visitor's id as long as it has to be to be told from others. */
export function shortId(id: string): string {
  return id.length <= 18 ? id : `${id.slice(0, 10)}…${id.slice(-5)}`;
}

/** Ids of what shows a claim, in words. */
export function useEvidence(): (claim: LinkClaim) => string {
  const { t } = useSpeech();
  return useCallback(
    ({ method, evidence, decidedBy }) => {
      const what = t(`linking.evidence.${method}`);
      const { submission, webhook } = evidence;
      if (method === "manual" && decidedBy !== null) {
        return t("linking.saidBy", { name: decidedBy });
      }
      const id = submission ?? webhook;
      return id === undefined ? what : `${what} · ${shortId(id)}`;
    },
    [t],
  );
}
