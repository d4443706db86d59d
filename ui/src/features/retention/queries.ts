import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { Retention } from "../../api/model";
import { spanOf, type Filters } from "./filters";

export function retentionQuery(tenantId: string, timeZone: string, filters: Filters) {
  const { site, weeks = 12, first, returns } = filters;
  const path = withQuery(`/tracking-v2/stats/tenant/${tenantId}/retention`, {
    ...spanOf(weeks, timeZone, new Date()),
    siteId: site,
    eventType: first,
    returnType: returns,
    weeks: String(weeks - 1),
  });
  return queryOptions({
    queryKey: ["retention", path],
    queryFn: ({ signal }) => api.get<Retention>(path, signal),
    placeholderData: keepPreviousData,
    // Weeks change slowly.
    refetchInterval: 5 * 60_000,
  });
}
