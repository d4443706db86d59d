import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type {
  Export,
  Exports,
  ExportSchedule,
  NewExport,
  NewExportSchedule,
} from "../../api/model";

const PATH = "/api/exports";
const KEY = ["exports"] as const;

export function isOpen({ state }: Export): boolean {
  return state === "waiting" || state === "running";
}

/** The newest first, a page at a time; while one is under way it moves by itself. */
export function useExports() {
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) =>
      api.get<Exports>(withQuery(PATH, { before: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isOpen)) === true ? 1_500 : 30_000,
  });
}

function lookAgain(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: KEY });
}

export function useSaveSchedule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (schedule: NewExportSchedule) =>
      api.put<ExportSchedule>(`${PATH}/schedule`, schedule),
    onSuccess: () => lookAgain(queries),
  });
}

export function useRequestExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: NewExport) => api.post<Export>(PATH, wanted),
    onSuccess: () => lookAgain(queries),
  });
}

export function useChangeExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: "cancel" | "retry" }) =>
      api.post<Export>(`${PATH}/${id}/${change}`),
    // Refused means that it is not what it seemed: look again then too.
    onSettled: () => lookAgain(queries),
  });
}

export function fileAddress(id: string, name: string): string {
  return `${PATH}/${id}/files/${encodeURIComponent(name)}`;
}
