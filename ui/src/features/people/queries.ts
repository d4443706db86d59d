import {
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api } from "../../api/client";
import type {
  ChangePerson,
  Invites,
  AccessLink,
  NewInvite,
  People,
  Person,
} from "../../api/model";

export function peopleQuery() {
  return queryOptions({
    queryKey: ["people"],
    queryFn: ({ signal }) => api.get<People>("/api/users", signal),
  });
}

export function invitesQuery() {
  return queryOptions({
    queryKey: ["invites"],
    queryFn: ({ signal }) => api.get<Invites>("/api/invites", signal),
  });
}

async function lookAgain(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: peopleQuery().queryKey }),
    queries.invalidateQueries({ queryKey: invitesQuery().queryKey }),
  ]);
}

export function useChangePerson() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...changes }: ChangePerson & { id: string }) =>
      api.patch<Person>(`/api/users/${id}`, changes),
    // Refused means that it is not what it seemed: look again then too.
    onSettled: () => lookAgain(queries),
  });
}

export function useMakeReset() {
  return useMutation({
    mutationFn: (id: string) => api.post<AccessLink>(`/api/users/${id}/reset`),
  });
}

export function useSwitchFactorOffOf() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<undefined>(`/api/users/${id}/second-factor/off`),
    onSettled: () => lookAgain(queries),
  });
}

export function useInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: NewInvite) => api.post<AccessLink>("/api/invites", wanted),
    onSuccess: () => lookAgain(queries),
  });
}

export function useWithdrawInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/api/invites/${id}`),
    onSettled: () => lookAgain(queries),
  });
}
