import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type {
  ChangePassword,
  FactorSetup,
  OwnSessions,
  RecoveryCodes,
  SecondFactorState,
} from "../../api/model";

const PATH = "/api/me/sessions";
const FACTOR = "/api/me/second-factor";

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

export function secondFactorQuery() {
  return queryOptions({
    queryKey: ["second-factor"],
    queryFn: ({ signal }) => api.get<SecondFactorState>(FACTOR, signal),
  });
}

export function useProposeFactor() {
  return useMutation({
    mutationFn: (password: string) => api.post<FactorSetup>(FACTOR, { password }),
    // What it holds stays no longer than the dialog.
    gcTime: 0,
  });
}

export function useConfirmFactor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => api.post<RecoveryCodes>(`${FACTOR}/confirm`, { code }),
    gcTime: 0,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: secondFactorQuery().queryKey });
      await queries.invalidateQueries({ queryKey: sessionsQuery().queryKey });
    },
  });
}

export function useRenewCodes() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (password: string) =>
      api.post<RecoveryCodes>(`${FACTOR}/recovery`, { password }),
    gcTime: 0,
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: secondFactorQuery().queryKey }),
  });
}

export function useSwitchFactorOff() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => api.post<undefined>(`${FACTOR}/off`, { password }),
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: secondFactorQuery().queryKey }),
  });
}
