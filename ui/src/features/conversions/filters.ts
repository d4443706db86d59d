/** What the log shows, as it stands in the URL. */
import type { ConversionDelivery } from "../../api/model";
import { oneOf, textOf } from "../../lib/search";
import { isDay, type Day } from "../../lib/time";

export const STATES = [
  "held",
  "ready",
  "unknown",
  "sent",
  "parked",
  "dead",
  "skipped",
  "canceled",
] as const;
export type State = (typeof STATES)[number];

export type EventName = ConversionDelivery["name"];

export const NAMES = [
  "Purchase",
  "Lead",
  "InitiateCheckout",
  "Refused",
  "PartialRefund",
  "Refund",
  "Chargeback",
  "Reversal",
] as const satisfies readonly EventName[];

export interface ConversionFilters {
  state?: State | undefined;
  /** Only of this destination. */
  destination?: string | undefined;
  name?: EventName | undefined;
  /** An order's number, or the id of a sale or a conversion. */
  q?: string | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
  /** Only of this sale. */
  sale?: string | undefined;
  /** Which one is open: its event, and its destination. */
  event?: string | undefined;
  at?: string | undefined;
}

export function readConversionFilters(
  search: Record<string, unknown>,
): ConversionFilters {
  return {
    state: oneOf(STATES, search.state),
    destination: textOf(search.destination),
    name: oneOf(NAMES, search.name),
    q: textOf(search.q),
    from: isDay(search.from) ? search.from : undefined,
    to: isDay(search.to) ? search.to : undefined,
    sale: textOf(search.sale),
    event: textOf(search.event),
    at: textOf(search.at),
  };
}

/** Whether there may be more than what these leave. */
export function isNarrow(filters: ConversionFilters): boolean {
  const { state, destination, name, q, from, to, sale } = filters;
  return [state, destination, name, q, from, to, sale].some((one) => one !== undefined);
}
