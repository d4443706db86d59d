/** What more than one feature asks the server for. */
import { queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query";

import { api, withQuery } from "./client";
import type { Breakdown, Company, Me, Sites } from "./model";

export function meQuery() {
  return queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => api.get<Me>("/api/me", signal),
    staleTime: 5 * 60_000,
  });
}

/** The company, and what its server can tell of visitors. */
export function companyQuery() {
  return queryOptions({
    queryKey: ["company"],
    queryFn: ({ signal }) => api.get<Company>("/api/tenant", signal),
    staleTime: 5 * 60_000,
  });
}

export function sitesQuery() {
  return queryOptions({
    queryKey: ["sites"],
    queryFn: ({ signal }) => api.get<Sites>("/api/sites", signal),
  });
}

/** No event of any site has ever arrived. */
export function isUntouched({ items }: Sites): boolean {
  return items.every((site) => site.firstEventAt === null);
}

/** Those to choose from. */
export function useSites() {
  const { data } = useQuery(sitesQuery());
  return {
    sites: data?.items ?? [],
    untouched: data !== undefined && isUntouched(data),
  };
}

interface ValuesRequest {
  tenantId: string;
  by: string;
  /** Only of events of this type. */
  eventType?: string | undefined;
  site?: string | undefined;
}

/** The values of a property in the past thirty days, for somebody who is to choose one. */
export function valuesQuery({ tenantId, by, eventType, site }: ValuesRequest) {
  const from = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const path = withQuery(`/tracking-v2/stats/tenant/${tenantId}/breakdown`, {
    by,
    eventType,
    siteId: site,
    from,
    sort: "visitors",
    limit: "100",
  });
  return queryOptions({
    queryKey: ["values", path],
    queryFn: ({ signal }) => api.get<Breakdown>(path, signal),
    staleTime: 60_000,
  });
}

/** Who is signed in. The routes behind the door have made sure that somebody is. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery()).data;
}
