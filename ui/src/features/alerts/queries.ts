import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type {
  AlertFirings,
  AlertHistory,
  AlertRules,
  ChangeAlertRule,
  MadeAlertRule,
  NewAlertRule,
  NewWebhookSecret,
  PreviewAlertRule,
  WebhookTested,
} from "../../api/model";
import type { FiringFilters } from "./filters";

/** Everything about alerts begins with this key: news makes it all old at once. */
export const ALERTS_KEY = ["alerts"] as const;

const RULES = "/api/alerts/rules";
const PAGE_SIZE = 20;
const WEEK = 7 * 86_400_000;

/** How far back a plot may look; the server compares four weeks, so it needs no more. */
export const WEEKS = ["1", "2", "4"] as const;
export type Weeks = (typeof WEEKS)[number];

export function rulesQuery() {
  return queryOptions({
    queryKey: [...ALERTS_KEY, "rules"],
    queryFn: ({ signal }) => api.get<AlertRules>(RULES, signal),
    // News brings a change of state sooner; the last value changes each minute.
    refetchInterval: 30_000,
  });
}

/** From here on, up to now. */
function since(weeks: Weeks): string {
  return new Date(Date.now() - Number(weeks) * WEEK).toISOString().slice(0, 10);
}

export function historyQuery(ruleId: string, weeks: Weeks) {
  const path = withQuery(`${RULES}/${ruleId}/history`, { from: since(weeks) });
  return queryOptions({
    queryKey: [...ALERTS_KEY, "history", path],
    queryFn: ({ signal }) => api.get<AlertHistory>(path, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 5 * 60_000,
  });
}

/** What a rule would have looked at, had there been one. */
export function previewQuery(terms: PreviewAlertRule, weeks: Weeks) {
  const path = withQuery("/api/alerts/preview", { from: since(weeks) });
  return queryOptions({
    queryKey: ["alert-preview", path, terms],
    queryFn: () => api.post<AlertHistory>(path, terms),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export function firingsQuery({ rule, state }: FiringFilters) {
  return infiniteQueryOptions({
    queryKey: [...ALERTS_KEY, "firings", rule, state],
    queryFn: ({ pageParam, signal }) =>
      api.get<AlertFirings>(
        withQuery("/api/alerts/firings", {
          ruleId: rule,
          state,
          limit: String(PAGE_SIZE),
          before: pageParam,
        }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Something done to alerts, after which they are all looked at again. */
function useAlertsChange<Variables, Result>(change: (of: Variables) => Promise<Result>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ALERTS_KEY }),
  });
}

export function useCreateRule() {
  return useAlertsChange((rule: NewAlertRule) => api.post<MadeAlertRule>(RULES, rule));
}

export function useChangeRule(ruleId: string) {
  return useAlertsChange((change: ChangeAlertRule) =>
    api.patch<MadeAlertRule>(`${RULES}/${ruleId}`, change),
  );
}

export function useDeleteRule(ruleId: string) {
  return useAlertsChange(() => api.delete(`${RULES}/${ruleId}`));
}

export function useNewSecret(ruleId: string) {
  return useMutation({
    mutationFn: () => api.post<NewWebhookSecret>(`${RULES}/${ruleId}/secret`),
  });
}

export function useTestWebhook(ruleId: string) {
  return useMutation({
    mutationFn: () => api.post<WebhookTested>(`${RULES}/${ruleId}/test`),
  });
}

export function useRetryDelivery() {
  return useAlertsChange((deliveryId: string) =>
    api.post<undefined>(`/api/alerts/deliveries/${deliveryId}/retry`),
  );
}
