import { queryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { CreditedTo } from "../../api/model";

export type Credited = CreditedTo["kind"];

export function creditQuery(kind: Credited, id: string) {
  const path = withQuery(`/api/report/credits/${encodeURIComponent(id)}`, { kind });
  return queryOptions({
    // What makes the report old makes this old, too.
    queryKey: ["report", "credit", path],
    queryFn: ({ signal }) => api.get<CreditedTo>(path, signal),
    retry: false,
  });
}
