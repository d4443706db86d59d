import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { Now, EventStats } from "../../api/model";
import type { Span } from "../../lib/period";
import type { Granularity } from "../../lib/time";

/** Everything counted begins with this key: news makes it all old at once. */
export const STATS_KEY = ["stats"] as const;
export const NOW_KEY = ["now"] as const;

interface StatsRequest extends Span {
  tenantId: string;
  site: string | undefined;
  granularity: Granularity | undefined;
}

export function statsQuery({ tenantId, site, granularity, from, to }: StatsRequest) {
  const path = withQuery(`/tracking-v2/stats/tenant/${tenantId}`, {
    from,
    to,
    siteId: site,
    granularity: granularity ?? "auto",
  });
  return queryOptions({
    queryKey: [...STATS_KEY, path],
    queryFn: ({ signal }) => api.get<EventStats>(path, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

export function nowQuery(tenantId: string, site: string | undefined) {
  const path = withQuery(`/tracking-v2/stats/tenant/${tenantId}/now`, { siteId: site });
  return queryOptions({
    queryKey: [...NOW_KEY, path],
    queryFn: ({ signal }) => api.get<Now>(path, signal),
    placeholderData: keepPreviousData,
    // News brings it sooner; this is for when the socket is away.
    refetchInterval: 15_000,
  });
}
