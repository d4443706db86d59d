import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { ApiKeys, AuditLog, People } from "../../api/model";
import { addDays, zoneOffset, type Day } from "../../lib/time";
import type { AuditFilters } from "./filters";

/** The newest first, a page at a time. */
export function auditQuery(filters: AuditFilters, timeZone: string) {
  const values = {
    action: filters.action,
    actorId: filters.actor,
    from: filters.from && midnight(filters.from, timeZone),
    // The last day is part of what is asked for.
    to: filters.to && midnight(addDays(filters.to, 1), timeZone),
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

/** The moment at which a day begins in the company's zone. */
export function midnight(day: Day, timeZone: string): string {
  const [, sign = "+", hours = "0", minutes = "0"] =
    /GMT([+-])(\d+)(?::(\d+))?/.exec(
      zoneOffset(timeZone, new Date(`${day}T00:00:00Z`)),
    ) ?? [];
  const offset = `${sign}${hours.padStart(2, "0")}:${minutes.padStart(2, "0")}`;
  return new Date(`${day}T00:00:00${offset}`).toISOString();
}
