import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { ApiKeys, AuditLog, People } from "../../api/model";
import { addDays, startOfDay } from "../../lib/time";
import type { AuditFilters } from "./filters";

/** The newest first, a page at a time. */
export function auditQuery(filters: AuditFilters, timeZone: string) {
  const values = {
    action: filters.action,
    actorId: filters.actor,
    from: filters.from && startOfDay(timeZone, filters.from),
    // The last day is part of what is asked for.
    to: filters.to && startOfDay(timeZone, addDays(filters.to, 1)),
  };
  return infiniteQueryOptions({
    queryKey: ["audit", values],
    queryFn: ({ pageParam, signal }) =>
      api.get<AuditLog>(
        withQuery("/api/audit", { ...values, before: pageParam }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next?.toString(),
  });
}

/** Who may have done something. */
export function actorsQuery() {
  return queryOptions({
    queryKey: ["people"],
    queryFn: ({ signal }) => api.get<People>("/api/users", signal),
  });
}

/** With what a program may have. */
export function actingKeysQuery() {
  return queryOptions({
    queryKey: ["keys"],
    queryFn: ({ signal }) => api.get<ApiKeys>("/api/keys", signal),
  });
}
