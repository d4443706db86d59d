import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { ChangePassword, OwnSessions } from "../../api/model";

const PATH = "/api/me/sessions";

export function useChangePassword() {
  return useMutation({
    mutationFn: (request: ChangePassword) =>
      api.post<undefined>("/api/me/password", request),
  });
}

export function sessionsQuery() {
  return queryOptions({
    queryKey: ["own-sessions"],
    queryFn: ({ signal }) => api.get<OwnSessions>(PATH, signal),
  });
}

/** One of them, or all but this one. */
export function useEndSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string | undefined) =>
      api.delete(id === undefined ? PATH : `${PATH}/${id}`),
    // Refused means that it has ended by itself: look again then too.
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  });
}
