import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type {
  Asesor,
  Asesores,
  AsesorSkills,
  Assigned,
  DeskBeat,
  Cliente,
  ClienteHistory,
  Clientes,
  DeskCounts,
  DeskSettings,
  NewCliente,
  NewDeskSettings,
  NewStatus,
  PresenceState,
  Status,
} from "../../api/model";
import { refetch } from "../../lib/refetch";
import { addDays, startOfDay } from "../../lib/time";
import type { DeskFilters } from "./filters";

/** Everything of the lead desk begins with this key. */
export const DESK_KEY = ["desk"] as const;
export const LISTS_KEY = [...DESK_KEY, "lists"] as const;
export const ONE_KEY = [...DESK_KEY, "one"] as const;
const HISTORY_KEY = [...DESK_KEY, "history"] as const;
const COUNTS_KEY = [...DESK_KEY, "counts"] as const;
export const ASESORES_KEY = [...DESK_KEY, "asesores"] as const;

const PATH = "/api/clientes";

export function pathOf(cliente: number): string {
  return `${PATH}/${String(cliente)}`;
}

/** What one list asks for; news of the socket is held against it. */
export interface Wanted {
  estatus?: readonly Status[] | undefined;
  asesorId?: string | undefined;
  campaign?: string | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  sort: "urgency" | "created";
  mark?: string | undefined;
}

export function wantedOf(filters: DeskFilters, timeZone: string): Wanted {
  const { status, asesor, campaign, q, from, to, sort, mark } = filters;
  return {
    estatus: status,
    asesorId: asesor,
    campaign,
    q: q?.trim(),
    from: from && startOfDay(timeZone, from),
    // The last day is one of them.
    to: to && startOfDay(timeZone, addDays(to, 1)),
    sort: sort ?? "urgency",
    mark,
  };
}

export function clientesQuery(wanted: Wanted, limit = 50) {
  return infiniteQueryOptions({
    queryKey: [...LISTS_KEY, wanted, limit],
    queryFn: ({ pageParam, signal }) =>
      api.get<Clientes>(
        withQuery(PATH, { ...wanted, before: pageParam, limit: String(limit) }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** What an advisor has to do, the most urgent first. */
export function mineQuery() {
  return clientesQuery(
    { asesorId: "me", estatus: ["derivado", "en_gestion"], sort: "urgency" },
    100,
  );
}

export function clienteQuery(id: number) {
  return queryOptions({
    queryKey: [...ONE_KEY, id],
    queryFn: ({ signal }) => api.get<Cliente>(pathOf(id), signal),
  });
}

export function historyQuery(id: number) {
  return queryOptions({
    queryKey: [...HISTORY_KEY, id],
    queryFn: ({ signal }) => api.get<ClienteHistory>(`${pathOf(id)}/historial`, signal),
  });
}

export function countsQuery() {
  return queryOptions({
    queryKey: COUNTS_KEY,
    queryFn: ({ signal }) => api.get<DeskCounts>("/api/desk/counts", signal),
  });
}

const PRESENCE_EVERY = 30_000;

export function asesoresQuery() {
  return queryOptions({
    queryKey: ASESORES_KEY,
    queryFn: ({ signal }) => api.get<Asesores>("/api/desk/asesores", signal),
    refetchInterval: PRESENCE_EVERY,
  });
}

export function deskSettingsQuery() {
  return queryOptions({
    queryKey: [...DESK_KEY, "settings"],
    queryFn: ({ signal }) => api.get<DeskSettings>("/api/desk/settings", signal),
    staleTime: 5 * 60_000,
  });
}

/** Fetches again what shows clientes; of them all, or of the one that changed. */
export function lookAgain(queries: QueryClient, cliente?: number): void {
  const of = (key: readonly unknown[]) =>
    cliente === undefined ? key : [...key, cliente];
  for (const queryKey of [
    LISTS_KEY,
    COUNTS_KEY,
    ASESORES_KEY,
    of(ONE_KEY),
    of(HISTORY_KEY),
  ])
    refetch(queries, { queryKey });
}

export function keepCliente(queries: QueryClient, cliente: Cliente): void {
  queries.setQueryData(clienteQuery(cliente.id).queryKey, cliente);
}

/** What a call told of its clocks. */
export function keepBeat(queries: QueryClient, id: number, beat: DeskBeat): void {
  const { lastActivity: last_activity, dueAt: due_at } = beat;
  queries.setQueryData(clienteQuery(id).queryKey, (known) =>
    known === undefined ? known : { ...known, last_activity, due_at },
  );
}

export function useAddCliente() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (cliente: NewCliente) => api.post<Cliente>(PATH, cliente),
    onSuccess: () => lookAgain(queries),
  });
}

interface ForOne<T> {
  cliente: number;
  body: T;
}

/** A supervisor moves one cliente. */
export function useSetStatus() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ cliente, body }: ForOne<NewStatus>) =>
      api.post<Cliente>(`${pathOf(cliente)}/estatus`, body),
    onSuccess: (changed) => keepCliente(queries, changed),
    // Refused means that it is not what it seemed: look again then too.
    onSettled: (_changed, _error, { cliente }) => lookAgain(queries, cliente),
  });
}

export function useBreakLock() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (cliente: number) =>
      api.post(`${pathOf(cliente)}/unlock`, { breakLock: true }),
    onSettled: (_done, _error, cliente) => lookAgain(queries, cliente),
  });
}

/** The most that go in one request: the progress of many is seen. */
export const PIECE = 100;

export interface Assignment {
  ids: readonly number[];
  asesorId: string;
}

export function assignPiece({ ids, asesorId }: Assignment): Promise<Assigned> {
  return api.post<Assigned>(`${PATH}/assign`, { ids, asesorId, breakLocks: true });
}

export function undoAssignment(undo: string): Promise<Assigned> {
  return api.post<Assigned>(`${PATH}/assign/undo`, { undo });
}

export function sayPresence(
  state: PresenceState,
  reason: string | null,
): Promise<unknown> {
  return api.put("/api/desk/presence", { state, reason });
}

export function useSetAsesor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...given }: AsesorSkills & { id: string }) =>
      api.put<Asesor>(`/api/desk/asesores/${id}`, given),
    onSuccess: () => queries.invalidateQueries({ queryKey: ASESORES_KEY }),
  });
}

export function useSaveDeskSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (settings: NewDeskSettings) =>
      api.put<DeskSettings>("/api/desk/settings", settings),
    onSuccess: (saved) => {
      queries.setQueryData(deskSettingsQuery().queryKey, saved);
    },
  });
}
