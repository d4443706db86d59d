import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { ApiKeys, MakeApiKey, NewApiKey } from "../../api/model";

const PATH = "/api/keys";

export function keysQuery() {
  return queryOptions({
    queryKey: ["keys"],
    queryFn: ({ signal }) => api.get<ApiKeys>(PATH, signal),
  });
}

export function useMakeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: MakeApiKey) => api.post<NewApiKey>(PATH, wanted),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery().queryKey }),
  });
}

export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`${PATH}/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: keysQuery().queryKey }),
  });
}
