/** What ads cost: files of the platforms, and what they said. */
import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, sendFile, withQuery } from "../../api/client";
import type {
  SpendDays,
  SpendImport,
  SpendImports,
  SpendMapping,
  SpendPreview,
  SpendTerms,
} from "../../api/model";
import { REPORT_KEY } from "./queries";

const PATH = "/api/spend/imports";
const COSTS_KEY = [...REPORT_KEY, "costs"] as const;

export const FIELDS = [
  "day",
  "lastDay",
  "cost",
  "currency",
  "campaignId",
  "campaign",
  "adsetId",
  "adset",
  "adId",
  "ad",
  "impressions",
  "clicks",
] as const satisfies readonly (keyof SpendMapping)[];

export type Role = (typeof FIELDS)[number] | "skip";

export const PLATFORMS = ["meta", "google", "tiktok", "kwai", "other"] as const;

export function rolesOf(mapping: SpendMapping, width: number): Role[] {
  const roles: Role[] = Array.from({ length: width }, () => "skip");
  for (const field of FIELDS) {
    const column = mapping[field];
    if (column !== null && column !== undefined) roles[column] = field;
  }
  return roles;
}

export function mappingOf(roles: readonly Role[]): SpendMapping {
  const mapping: SpendMapping = {};
  roles.forEach((role, column) => {
    if (role !== "skip") mapping[role] = column;
  });
  return mapping;
}

export function spendQuery() {
  return queryOptions({
    queryKey: [...COSTS_KEY, "days"],
    queryFn: ({ signal }) => api.get<SpendDays>("/api/spend", signal),
  });
}

export function importsQuery() {
  return queryOptions({
    queryKey: [...COSTS_KEY, "imports"],
    queryFn: ({ signal }) => api.get<SpendImports>(PATH, signal),
  });
}

export function previewQuery(id: string, terms: SpendTerms) {
  return queryOptions({
    queryKey: [...COSTS_KEY, "preview", id, terms],
    queryFn: () => api.post<SpendPreview>(`${PATH}/${id}/preview`, terms),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function problemsAddress(id: string): string {
  return `${PATH}/${id}/problems`;
}

export function useUpload() {
  return useStep((file: File) =>
    sendFile<SpendImport>(withQuery(PATH, { name: file.name }), file),
  );
}

export function useStart(id: string) {
  return useStep((terms: SpendTerms) =>
    api.post<SpendImport>(`${PATH}/${id}/start`, terms),
  );
}

export function useUndo(id: string) {
  return useStep(() => api.post<SpendImport>(`${PATH}/${id}/undo`));
}

function useStep<T>(step: (given: T) => Promise<SpendImport>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: step,
    onSuccess: () => queries.invalidateQueries({ queryKey: REPORT_KEY }),
  });
}
