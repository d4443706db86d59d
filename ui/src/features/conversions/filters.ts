/** What the log shows, as it stands in the URL. */
import { oneOf, textOf } from "../../lib/search";

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

export interface ConversionFilters {
  state?: State;
  /** Only of this destination. */
  destination?: string;
  /** Only of this sale. */
  sale?: string;
  /** Which one is open: its event, and its destination. */
  event?: string;
  at?: string;
}

export function readConversionFilters(
  search: Record<string, unknown>,
): ConversionFilters {
  return {
    state: oneOf(STATES, search.state),
    destination: textOf(search.destination),
    sale: textOf(search.sale),
    event: textOf(search.event),
    at: textOf(search.at),
  };
}
