import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
} from "@tanstack/react-query";

import { api, fetchFile, withQuery } from "../../api/client";
import type { SaleReport, SaleReportResults } from "../../api/model";
import { saveFile } from "../../lib/files";
import type { Span } from "../../lib/period";
import type { Kind, SaleReportFilters } from "./filters";

const PATH = "/api/report";
export const REPORT_KEY = ["report"] as const;

type Values = Record<string, string | undefined>;

function valuesOf(filters: SaleReportFilters, span: Span): Values {
  const { by, cohort, model, currency } = filters;
  return { ...span, by, cohort, model, currency };
}

export function reportQuery(filters: SaleReportFilters, span: Span) {
  const path = withQuery(PATH, { ...valuesOf(filters, span), key: filters.line });
  return queryOptions({
    queryKey: [...REPORT_KEY, path],
    queryFn: ({ signal }) => api.get<SaleReport>(path, signal),
    placeholderData: keepPreviousData,
  });
}

export function resultsQuery(filters: SaleReportFilters, span: Span, kind: Kind) {
  const { by, cohort, model, line } = filters;
  const values = { ...span, by, cohort, model, key: line, kind, limit: "50" };
  return infiniteQueryOptions({
    queryKey: [...REPORT_KEY, "results", values],
    queryFn: ({ pageParam, signal }) =>
      api.get<SaleReportResults>(
        withQuery(`${PATH}/results`, { ...values, before: pageParam }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function useReportFile(filters: SaleReportFilters, span: Span) {
  return useMutation({
    mutationFn: () => fetchFile(withQuery(`${PATH}/file`, valuesOf(filters, span))),
    onSuccess: (file) => saveFile(file, "report.csv"),
  });
}
