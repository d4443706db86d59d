import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { Bots } from "../../api/model";
import type { Span } from "../../lib/period";

export function botsQuery(tenantId: string, site: string | undefined, span: Span) {
  const path = withQuery(`/tracking-v2/stats/tenant/${tenantId}/bots`, {
    ...span,
    siteId: site,
  });
  return queryOptions({
    queryKey: ["bots", path],
    queryFn: ({ signal }) => api.get<Bots>(path, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
