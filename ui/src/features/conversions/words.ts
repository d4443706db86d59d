/** States, reasons and amounts in the reader's language. */
import { useCallback } from "react";

import type { ConversionDelivery } from "../../api/model";
import { deliveryError } from "../../lib/deliveryErrors";
import { useSpeech, type TextKey } from "../../lib/i18n";
import type { State } from "./filters";

export const STATE_COLORS: Readonly<Record<State, string>> = {
  held: "blue",
  ready: "blue",
  unknown: "yellow",
  sent: "teal",
  parked: "orange",
  dead: "red",
  skipped: "gray",
  canceled: "gray",
};

const WHYS: Readonly<Record<string, TextKey>> = {
  too_old: "conv.why.too_old",
  nobody_knows: "conv.why.nobody_knows",
  refused: "conv.why.refused",
  no_answer: "conv.why.no_answer",
  split: "conv.why.split",
  trouble: "conv.why.trouble",
  throttled: "conv.why.throttled",
  paused: "conv.why.paused",
  clock: "conv.why.clock",
  opted_out: "conv.why.opted_out",
  test_sale: "conv.why.test_sale",
  no_user_data: "conv.why.no_user_data",
  no_click_id: "conv.why.no_click_id",
  not_an_order: "conv.why.not_an_order",
  superseded: "conv.why.superseded",
  no_such_event: "conv.why.no_such_event",
  never_told: "conv.why.never_told",
  too_soon: "conv.why.too_soon",
  erased: "conv.why.erased",
  refunded: "conv.why.refunded",
  charged_back: "conv.why.charged_back",
  destination_deleted: "conv.why.destination_deleted",
};

/** Why it is so: a code of the server's; one that is new here as it is. */
export function useWhy(): (delivery: ConversionDelivery) => string {
  const { t } = useSpeech();
  return useCallback(
    ({ state, why }) => {
      if (why === null) return t(`conv.about.${state}`);
      const key = WHYS[why];
      return key === undefined ? why : t(key);
    },
    [t],
  );
}

export function useMoney(): (cents: number | null, currency: string | null) => string {
  const { number } = useSpeech();
  return useCallback(
    (cents, currency) =>
      cents === null
        ? "–"
        : number(cents / 100, { style: "currency", currency: currency ?? "USD" }),
    [number],
  );
}

/** What Pista says in the place of a platform that says nothing itself. */
const SAID: Readonly<Record<string, TextKey>> = {
  secret_missing: "conv.said.secret_missing",
  token_refused: "conv.said.token_refused",
  unreadable: "conv.said.unreadable",
  events_received: "conv.said.events_received",
};

/** A platform's own words as they are; a code of the server's in the reader's. */
export function useSaid(): (text: string) => string {
  const { t } = useSpeech();
  return useCallback(
    (text) => {
      const key = SAID[text];
      return key === undefined ? deliveryError(t, text) : t(key);
    },
    [t],
  );
}

const OUTCOMES: Readonly<Record<string, TextKey>> = {
  sent: "conv.outcome.sent",
  again: "conv.why.trouble",
  throttled: "conv.why.throttled",
  pause: "conv.outcome.pause",
  never: "conv.why.refused",
  split: "conv.why.split",
  unknown: "conv.why.no_answer",
};

/** How an attempt ended; null: nobody knows. */
export function useOutcome(): (outcome: string | null) => string {
  const { t } = useSpeech();
  return useCallback(
    (outcome) => {
      const key = OUTCOMES[outcome ?? "unknown"];
      return key === undefined ? (outcome ?? "") : t(key);
    },
    [t],
  );
}

/** What would help the platform to find the person: by the names that Meta gives it. */
const HELPS: Readonly<Record<string, TextKey>> = {
  em: "conv.help.em",
  ph: "conv.help.ph",
  fbc: "conv.help.fbc",
  fbp: "conv.help.fbp",
  external_id: "conv.help.external_id",
  client_ip_address: "conv.help.client_ip_address",
  client_user_agent: "conv.help.client_user_agent",
  fn: "conv.help.fn",
  ln: "conv.help.ln",
  db: "conv.help.db",
  ct: "conv.help.ct",
  zp: "conv.help.zp",
  st: "conv.help.st",
  country: "conv.help.country",
  ge: "conv.help.ge",
  ctwa_clid: "conv.help.ctwa_clid",
};

export function useHelp(): (name: string) => string {
  const { t } = useSpeech();
  return useCallback(
    (name) => {
      const key = HELPS[name];
      return key === undefined ? name : t(key);
    },
    [t],
  );
}
