/** What became of webhooks, in words. */
import { useEffect, useState } from "react";

import type { ReceivedWebhook } from "../../api/model";
import { useSpeech, type TextKey } from "../../lib/i18n";
import { showDuration } from "../../lib/time";

const DETAILS: Readonly<Record<string, TextKey>> = {
  "It names nobody: no contact id, e-mail or phone.": "crm.detail.nobody",
  "Something newer is known already.": "crm.detail.newer",
  "It is not about a contact being made or changed.": "crm.detail.other",
  "What it said was erased before it was worked off.": "crm.detail.erased",
  "The body is not a JSON object.": "crm.detail.object",
  "It says no number of an order: told again, it would be another sale.":
    "crm.detail.noNumber",
  "It says no amount, or one that nobody can be sure of.": "crm.detail.noAmount",
  "It names a currency in other words than its three letters.": "crm.detail.noCurrency",
  "What it says of money that went back is no amount that anybody can be sure of.":
    "crm.detail.noRefund",
  "It says no state that is known: add the shop's word to the mapping.":
    "crm.detail.noStatus",
  "A sale of this number is there with another amount; what it costs never changes.":
    "crm.detail.differs",
  "More would go back than is left of what was paid.": "crm.detail.tooMuch",
};

export const STATE_COLORS: Readonly<Record<ReceivedWebhook["state"], string>> = {
  waiting: "blue",
  done: "teal",
  ignored: "gray",
  malformed: "orange",
  failed: "red",
};

/** The server's sentence in the reader's language; one that is new here as it is. */
export function useDetailText(): (detail: string) => string {
  const { t } = useSpeech();
  return (detail) => {
    const key = DETAILS[detail];
    return key === undefined ? detail : t(key);
  };
}

/** What was done about the visitor that a webhook named. */
export function linkingKey(linking: string): TextKey {
  if (linking === "linked" || linking === "confirmed" || linking === "displaced") {
    return "crm.did.linked";
  }
  if (linking === "already") return "crm.did.already";
  if (linking === "forked") return "crm.did.forked";
  return linking === "waiting" ? "crm.did.waiting" : "crm.did.refused";
}

/** How long ago that was, counted on while it is looked at. */
export function useAge(moment: string): string {
  const { locale } = useSpeech();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return showDuration(locale, Math.floor((now - Date.parse(moment)) / 1_000));
}
