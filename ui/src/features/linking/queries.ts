import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type {
  LinkClaims,
  LinkConflict,
  LinkConflicts,
  LinkingReport,
  LinkReviews,
  OpenReviews,
  VisitorActivity,
} from "../../api/model";
import type { Span } from "../../lib/period";
import type { LinkingFilters } from "./filters";
import type { Item } from "./items";

/** Everything that waits for a person begins with this key: news makes it all old at once. */
export const LINKING_KEY = ["linking"] as const;

const PATH = "/api/linking";
const A_PAGE = "10";

export function reportQuery(site: string | undefined, span: Span) {
  const path = withQuery(`${PATH}/report`, { ...span, siteId: site });
  return queryOptions({
    queryKey: ["linking-report", path],
    queryFn: ({ signal }) => api.get<LinkingReport>(path, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** How much waits for a person. */
export function openQuery() {
  return queryOptions({
    queryKey: [...LINKING_KEY, "open"],
    queryFn: ({ signal }) => api.get<OpenReviews>(`${PATH}/open`, signal),
  });
}

export function reviewsQuery() {
  return infiniteQueryOptions({
    queryKey: [...LINKING_KEY, "reviews"],
    queryFn: ({ pageParam, signal }) =>
      api.get<LinkReviews>(
        withQuery(`${PATH}/reviews`, { before: pageParam, limit: A_PAGE }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

interface ConflictsRequest {
  state: "open" | "decided";
  contactId?: string;
  about?: "contacts" | undefined;
}

/** Questions about contacts themselves; others are about browsers. */
const ABOUT_CONTACTS = [
  "shared_identity",
  "too_many_identities",
  "too_many_visitors",
] as const satisfies readonly LinkConflict["reason"][];

export function conflictsQuery({ state, contactId, about }: ConflictsRequest) {
  const reason = about === "contacts" ? ABOUT_CONTACTS : undefined;
  return infiniteQueryOptions({
    queryKey: [...LINKING_KEY, "conflicts", state, contactId, about],
    queryFn: ({ pageParam, signal }) =>
      api.get<LinkConflicts>(
        withQuery(`${PATH}/conflicts`, {
          state,
          contactId,
          reason,
          before: pageParam,
          limit: A_PAGE,
        }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function claimsQuery({ outcome, visitor, contact }: LinkingFilters) {
  const values = { outcome, visitorId: visitor, contactId: contact };
  return infiniteQueryOptions({
    queryKey: [...LINKING_KEY, "claims", values],
    queryFn: ({ pageParam, signal }) =>
      api.get<LinkClaims>(
        withQuery(`${PATH}/claims`, { ...values, before: pageParam, limit: "20" }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function visitorQuery(id: string) {
  return queryOptions({
    queryKey: ["visitor", id],
    queryFn: ({ signal }) =>
      api.get<VisitorActivity>(`${PATH}/visitors/${encodeURIComponent(id)}`, signal),
  });
}

export type Decision = "accept" | "keep" | "fork" | "merge" | "separate";

function pathOf({ kind, id }: Pick<Item, "kind" | "id">): string {
  return `${PATH}/${kind === "claim" ? "claims" : "conflicts"}/${id}/decision`;
}

/** Everything may look different after a decision, also after one that was refused. */
function useLookAgain(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: LINKING_KEY }),
      queries.invalidateQueries({ queryKey: ["contacts"] }),
    ]);
}

interface Decided {
  item: Pick<Item, "kind" | "id">;
  decision: Decision;
  into?: string | undefined;
}

export function useDecideItem() {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: ({ item, decision, into }: Decided) =>
      api.post(pathOf(item), into === undefined ? { decision } : { decision, into }),
    onSettled: lookAgain,
  });
}

export function useUndoItem() {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (item: Pick<Item, "kind" | "id">) => api.delete(pathOf(item)),
    onSettled: lookAgain,
  });
}

export function useUndoClaim() {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (id: string) => api.post(`${PATH}/claims/${id}/undo`, {}),
    onSettled: lookAgain,
  });
}
