import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ApiError } from "../../api/client";
import type { Me, OpenedLink, UseLink } from "../../api/model";
import { meQuery } from "../../api/queries";

/** What a link is for. Kept no longer than the screen that asks. */
export function linkQuery(token: string) {
  return queryOptions({
    queryKey: ["link", token],
    queryFn: () => api.post<OpenedLink>("/api/join/look", { token }),
    gcTime: 0,
    staleTime: Infinity,
  });
}

export function isVoid(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 422);
}

/** The answer is who has joined; null after a reset. */
export function useUseLink() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: UseLink) => api.post<Me | null>("/api/join", request),
    onSuccess: (me) => {
      if (me === null) return;
      // Nothing that another person has loaded in this tab may be seen by this one.
      queries.clear();
      queries.setQueryData(meQuery().queryKey, me);
    },
  });
}
