import {
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Throttle, Throttles } from "../../api/model";

const PATH = "/tracking-v2/throttling";

export function throttlingQuery() {
  return queryOptions({
    queryKey: ["throttling"],
    queryFn: ({ signal }) => api.get<Throttles>(PATH, signal),
  });
}

export type Rule = Pick<Throttle, "eventType" | "samplingRate" | "alwaysKeep">;

/** Shows the rule at once and takes it back if the server won't have it. */
export function useSaveRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ eventType, ...rule }: Rule) =>
      api.put<Throttle>(`${PATH}/${encodeURIComponent(eventType)}`, rule),
    onMutate: (rule) => putRule(queries, { ...rule, isDefault: false }),
    onSuccess: (saved) => void putRule(queries, saved),
    onError: () => queries.invalidateQueries(throttlingQuery()),
  });
}

export function useResetRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (eventType: string) =>
      api.delete(`${PATH}/${encodeURIComponent(eventType)}`),
    onSettled: () => queries.invalidateQueries(throttlingQuery()),
  });
}

async function putRule(queries: QueryClient, rule: Throttle): Promise<void> {
  const { queryKey } = throttlingQuery();
  await queries.cancelQueries({ queryKey });
  queries.setQueryData(queryKey, (old) => {
    if (old === undefined) return old;
    const known = old.items.some(({ eventType }) => eventType === rule.eventType);
    return {
      ...old,
      items: known
        ? old.items.map((one) => (one.eventType === rule.eventType ? rule : one))
        : [...old.items, rule],
    };
  });
}
