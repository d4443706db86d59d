/** Views of the list under a name: kept by the server, for oneself or for all supervisors. */
import {
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";

import { api } from "../../../api/client";
import type {
  ChangedDeskView,
  DeskView,
  DeskViews,
  NewDeskView,
  ViewTerms,
} from "../../../api/model";
import { columnsOf } from "../columns";
import { isBare, type DeskFilters } from "../filters";
import { DESK_KEY } from "../queries";

const PATH = "/api/desk/views";

function viewsQuery() {
  return queryOptions({
    queryKey: [...DESK_KEY, "views"],
    queryFn: ({ signal }) => api.get<DeskViews>(PATH, signal),
    staleTime: 60_000,
  });
}

export function termsOf(filters: DeskFilters): ViewTerms {
  const { status, asesor, campaign, mark, from, to, sort, view, columns } = filters;
  return {
    filters: {
      status: [...(status ?? [])],
      asesorId: asesor === "none" ? null : (asesor ?? null),
      nobodys: asesor === "none",
      campaign: campaign ?? null,
      mark: mark ?? null,
      from: from ?? null,
      to: to ?? null,
    },
    sort: sort ?? "urgency",
    layout: view ?? "table",
    columns: columns === undefined ? null : [...columns],
  };
}

/** What the list shows with a view. */
export function filtersOf({ id, terms }: Pick<DeskView, "id" | "terms">): DeskFilters {
  const { status, asesorId, nobodys, campaign, mark, from, to } = terms.filters;
  return {
    status: status === undefined || status.length === 0 ? undefined : status,
    asesor: nobodys ? "none" : (asesorId ?? undefined),
    campaign: campaign ?? undefined,
    mark: mark ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
    sort: terms.sort === "created" ? "created" : undefined,
    view: terms.layout === "board" ? "board" : undefined,
    columns: columnsOf(terms.columns ?? []),
    saved: id,
  };
}

/** Whether the list is as the view has it, whatever somebody searches. */
export function isAs(filters: DeskFilters, other: DeskFilters): boolean {
  return JSON.stringify(termsOf(filters)) === JSON.stringify(termsOf(other));
}

const NONE: readonly DeskView[] = [];

export function useViews() {
  const found = useQuery(viewsQuery()).data;
  return { views: found?.items ?? NONE, defaultId: found?.defaultId ?? null };
}

/** Whoever comes without having asked for anything begins with their own view. */
export function useDefaultView(
  filters: DeskFilters,
  onFilters: (filters: DeskFilters) => void,
): void {
  const found = useQuery(viewsQuery()).data;
  const begun = useRef(false);
  const begin = useEffectEvent(({ items, defaultId }: DeskViews) => {
    const view = items.find(({ id }) => id === defaultId);
    if (!begun.current && view !== undefined && isBare(filters)) {
      onFilters(filtersOf(view));
    }
    begun.current = true;
  });
  useEffect(() => {
    if (found !== undefined) begin(found);
  }, [found]);
}

function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: viewsQuery().queryKey }),
  });
}

interface Change {
  id: string;
  changes: ChangedDeskView;
}

export const useAddView = () =>
  useChange((view: NewDeskView) => api.post<DeskView>(PATH, view));

export const useChangeView = () =>
  useChange(({ id, changes }: Change) => api.patch<DeskView>(`${PATH}/${id}`, changes));

export const useDeleteView = () => useChange((id: string) => api.delete(`${PATH}/${id}`));

export const useRestoreView = () =>
  useChange((id: string) => api.post<DeskView>(`${PATH}/${id}/restore`));

export const useSetDefaultView = () =>
  useChange((viewId: string | null) =>
    api.put<DeskViews>("/api/desk/default-view", { viewId }),
  );
