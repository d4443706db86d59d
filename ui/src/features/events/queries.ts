import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { Breakdown } from "../../api/model";
import type { Span } from "../../lib/period";
import { PAGE_SIZE, type Filters } from "./filters";

/** Everything broken down begins with this key: news makes it all old at once. */
export const BREAKDOWN_KEY = ["breakdown"] as const;

export function breakdownQuery(tenantId: string, filters: Filters, { from, to }: Span) {
  const { by = "page", site, filter, sort, compare, page = 1 } = filters;
  const path = withQuery(`/tracking-v2/stats/tenant/${tenantId}/breakdown`, {
    by,
    from,
    to,
    siteId: site,
    filter,
    sort: sort ?? "visitors",
    limit: String(PAGE_SIZE),
    offset: String((page - 1) * PAGE_SIZE),
    compare: compare && "true",
  });
  return queryOptions({
    queryKey: [...BREAKDOWN_KEY, path],
    queryFn: ({ signal }) => api.get<Breakdown>(path, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
