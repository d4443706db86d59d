import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, fetchFile, sendFile, withQuery } from "../../../api/client";
import type {
  CheckTerms,
  ClienteImport,
  ClienteImports,
  ClientePreview,
  ImportChoices,
  KeptClientes,
} from "../../../api/model";
import type { Wanted } from "../queries";

const PATH = "/api/clientes/imports";
/** News of an import makes all of it old at once. */
export const CLIENTE_IMPORTS_KEY = ["cliente-imports"] as const;
const LOOK_EVERY = 3_000;

/** Whether the worker has it. */
export function isOpen({ state }: ClienteImport): boolean {
  return state === "checking" || state === "running" || state === "undoing";
}

export function importsQuery() {
  return queryOptions({
    queryKey: [...CLIENTE_IMPORTS_KEY, "list"],
    queryFn: ({ signal }) => api.get<ClienteImports>(PATH, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some(isOpen) === true ? LOOK_EVERY : false,
  });
}

export function importQuery(id: string) {
  return queryOptions({
    queryKey: [...CLIENTE_IMPORTS_KEY, "one", id],
    queryFn: ({ signal }) => api.get<ClienteImport>(`${PATH}/${id}`, signal),
    // The socket says it sooner; this is for when it is closed.
    refetchInterval: ({ state }) =>
      state.data !== undefined && isOpen(state.data) ? LOOK_EVERY : false,
  });
}

export function previewQuery(id: string, terms: CheckTerms) {
  return queryOptions({
    queryKey: [...CLIENTE_IMPORTS_KEY, "preview", id, terms],
    queryFn: () => api.post<ClientePreview>(`${PATH}/${id}/preview`, terms),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function keptQuery(id: string) {
  return queryOptions({
    queryKey: [...CLIENTE_IMPORTS_KEY, "kept", id],
    queryFn: ({ signal }) => api.get<KeptClientes>(`${PATH}/${id}/kept`, signal),
  });
}

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) =>
      sendFile<ClienteImport>(withQuery(PATH, { name: file.name }), file),
  });
}

export function useCheck(id: string) {
  return useStep(id, (terms: CheckTerms) =>
    api.post<ClienteImport>(`${PATH}/${id}/check`, terms),
  );
}

export function useStart(id: string) {
  return useStep(id, (choices: ImportChoices) =>
    api.post<ClienteImport>(`${PATH}/${id}/start`, choices),
  );
}

export function useCancel(id: string) {
  return useStep(id, () => api.post<ClienteImport>(`${PATH}/${id}/cancel`));
}

export function useUndo(id: string) {
  return useStep(id, () => api.post<ClienteImport>(`${PATH}/${id}/undo`));
}

/** The list that is looked at, whole. */
export function useExport({ estatus, asesorId, campaign, q, from, to, mark }: Wanted) {
  const asked = { estatus, asesorId, campaign, q, from, to, mark };
  return useMutation({
    mutationFn: () => fetchFile(withQuery("/api/clientes/export", asked)),
  });
}

export function problemsAddress(id: string): string {
  return `${PATH}/${id}/problems`;
}

function useStep<T>(id: string, step: (given: T) => Promise<ClienteImport>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: step,
    onSuccess: (made) => {
      queries.setQueryData(importQuery(id).queryKey, made);
      void queries.invalidateQueries({ queryKey: [...CLIENTE_IMPORTS_KEY, "list"] });
    },
    // Refused means that it is not what it seemed.
    onError: () => queries.invalidateQueries({ queryKey: importQuery(id).queryKey }),
  });
}
