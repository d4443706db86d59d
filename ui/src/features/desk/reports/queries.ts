import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
} from "@tanstack/react-query";

import { api, fetchFile, withQuery } from "../../../api/client";
import type {
  DeskLines,
  DeskOutcomes,
  DeskReportBy,
  DeskReturns,
  DeskStays,
  DeskTouch,
} from "../../../api/model";
import { saveFile } from "../../../lib/files";
import type { Span } from "../../../lib/period";
import type { Narrowing, ReportFilters } from "./filters";

const PATH = "/api/desk/reports";
const REPORTS_KEY = ["desk-reports"] as const;
const AGAIN = 60_000;

type Values = Record<string, string | undefined>;

function valuesOf({ asesor, campaign, source }: Narrowing, span: Span): Values {
  return { ...span, asesorId: asesor, campaign, source };
}

function reportQuery<T>(name: string, values: Values) {
  const path = withQuery(`${PATH}/${name}`, values);
  return queryOptions({
    queryKey: [...REPORTS_KEY, path],
    queryFn: ({ signal }) => api.get<T>(path, signal),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN,
  });
}

export const touchQuery = (narrowing: Narrowing, span: Span) =>
  reportQuery<DeskTouch>("first-touch", valuesOf(narrowing, span));

export const staysQuery = (narrowing: Narrowing, span: Span) =>
  reportQuery<DeskStays>("stays", valuesOf(narrowing, span));

export const returnsQuery = (narrowing: Narrowing, span: Span) =>
  reportQuery<DeskReturns>("returns", valuesOf(narrowing, span));

export const outcomesQuery = (narrowing: Narrowing, span: Span, by: DeskReportBy) =>
  reportQuery<DeskOutcomes>("outcomes", { ...valuesOf(narrowing, span), by });

/** What the groups of the table are that is shown. */
function groupOf({ view, by }: ReportFilters): keyof Narrowing {
  return view === "outcomes" && by !== undefined && by !== "hour" ? by : "asesor";
}

/** A group of a table narrows what is behind its figures. */
function linesOf(filters: ReportFilters, span: Span): Values {
  const { figure, move, status, result, hour, of } = filters;
  const own: Narrowing = { ...filters };
  if (of !== undefined) own[groupOf(filters)] = of;
  return {
    ...valuesOf(own, span),
    figure,
    move,
    status,
    outcome: result === "" ? undefined : result,
    withoutOutcome: result === "" ? "true" : undefined,
    hour: hour === undefined ? undefined : String(hour),
  };
}

export function linesQuery(filters: ReportFilters, span: Span) {
  const values = linesOf(filters, span);
  return infiniteQueryOptions({
    queryKey: [...REPORTS_KEY, "lines", values],
    queryFn: ({ pageParam, signal }) =>
      api.get<DeskLines>(
        withQuery(`${PATH}/lines`, { ...values, before: pageParam, limit: "50" }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

function useFile(path: string, name: string) {
  return useMutation({
    mutationFn: () => fetchFile(path),
    onSuccess: (file) => saveFile(file, name),
  });
}

export function useLinesFile(filters: ReportFilters, span: Span) {
  const path = withQuery(`${PATH}/lines/csv`, linesOf(filters, span));
  return useFile(path, `${filters.figure ?? "clientes"}.csv`);
}

const FILES = {
  touch: "first-touch",
  stays: "stays",
  returns: "returns",
  outcomes: "outcomes",
} as const;

export function useReportFile(filters: ReportFilters, span: Span) {
  const report = FILES[filters.view ?? "touch"];
  const values = { ...valuesOf(filters, span), report, by: filters.by };
  return useFile(withQuery(`${PATH}/csv`, values), `${report}.csv`);
}
