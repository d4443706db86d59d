/** What more than one feature asks the server for. */
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";

import { api } from "./client";
import type { Me, Sites } from "./model";

export function meQuery() {
  return queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => api.get<Me>("/api/me", signal),
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

/** Who is signed in. The routes behind the door have made sure that somebody is. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery()).data;
}
