import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, sendFile, withQuery } from "../../api/client";
import type {
  ContactImport,
  ContactImports,
  ImportPreview,
  ImportTerms,
} from "../../api/model";

const PATH = "/api/contacts/imports";
/** News of an import makes all of it old at once. */
export const IMPORTS_KEY = ["contact-imports"] as const;

export function isOpen({ state }: ContactImport): boolean {
  return state === "running" || state === "undoing";
}

export function importsQuery() {
  return queryOptions({
    queryKey: [...IMPORTS_KEY, "list"],
    queryFn: ({ signal }) => api.get<ContactImports>(PATH, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some(isOpen) === true ? 3_000 : false,
  });
}

export function importQuery(id: string) {
  return queryOptions({
    queryKey: [...IMPORTS_KEY, "one", id],
    queryFn: ({ signal }) => api.get<ContactImport>(`${PATH}/${id}`, signal),
    // The socket says it sooner; this is for when it is closed.
    refetchInterval: ({ state }) =>
      state.data !== undefined && isOpen(state.data) ? 3_000 : false,
  });
}

export function previewQuery(id: string, terms: ImportTerms) {
  return queryOptions({
    queryKey: [...IMPORTS_KEY, "preview", id, terms],
    queryFn: () => api.post<ImportPreview>(`${PATH}/${id}/preview`, terms),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) =>
      sendFile<ContactImport>(withQuery(PATH, { name: file.name }), file),
  });
}

export function useStart(id: string) {
  return useStep((terms: ImportTerms) =>
    api.post<ContactImport>(`${PATH}/${id}/start`, terms),
  );
}

export function useCancel(id: string) {
  return useStep(() => api.post<ContactImport>(`${PATH}/${id}/cancel`));
}

export function useUndo(id: string) {
  return useStep(() => api.post<ContactImport>(`${PATH}/${id}/undo`));
}

export function problemsAddress(id: string): string {
  return `${PATH}/${id}/problems`;
}

function useStep<T>(step: (given: T) => Promise<ContactImport>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: step,
    onSuccess: () => queries.invalidateQueries({ queryKey: IMPORTS_KEY }),
  });
}
