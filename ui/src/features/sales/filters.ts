/** What the screen of sales shows, as it stands in the URL. */
import type { Sale } from "../../api/model";
import { oneOf, textOf } from "../../lib/search";
import { isDay, type Day } from "../../lib/time";

type SaleStatus = Sale["status"];

export const STATUSES = [
  "pending",
  "paid",
  "partly_refunded",
  "refunded",
  "charged_back",
  "canceled",
  "refused",
  "expired",
] as const satisfies readonly SaleStatus[];

export interface SaleFilters {
  status?: SaleStatus | undefined;
  q?: string | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
  /** The one that is open beside the list. */
  sale?: string | undefined;
}

export function readSaleFilters(search: Record<string, unknown>): SaleFilters {
  return {
    status: oneOf(STATUSES, search.status),
    q: textOf(search.q),
    from: isDay(search.from) ? search.from : undefined,
    to: isDay(search.to) ? search.to : undefined,
    sale: textOf(search.sale),
  };
}
