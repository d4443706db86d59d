/** What WhatsApp and Telegram sent, as the log has it. */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { ChatWebhookDetail, ChatWebhooks } from "../../api/model";
import { oneOf } from "../../lib/search";

const PATH = "/api/chat/webhooks";
const KEY = ["chat-webhooks"] as const;
const EVERY_MS = 10_000;
const PAGE = "25";

export const STATES = ["waiting", "done", "ignored", "malformed", "failed"] as const;
type WebhookState = (typeof STATES)[number];

export interface OperationsFilters {
  /** Of the log of webhooks. */
  state?: WebhookState | undefined;
}

export function readOperationsFilters(
  search: Record<string, unknown>,
): OperationsFilters {
  return { state: oneOf(STATES, search.state) };
}

export function webhooksQuery({ state }: OperationsFilters) {
  return infiniteQueryOptions({
    queryKey: [...KEY, "list", state],
    queryFn: ({ signal, pageParam }) =>
      api.get<ChatWebhooks>(
        withQuery(PATH, { state, before: pageParam, limit: PAGE }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // Whoever reads on is not disturbed by what is new.
    refetchInterval: ({ state: { data } }) =>
      (data?.pages.length ?? 0) > 1 ? false : EVERY_MS,
  });
}

export function webhookQuery(id: string) {
  return queryOptions({
    queryKey: [...KEY, "one", id],
    queryFn: ({ signal }) =>
      api.get<ChatWebhookDetail>(`${PATH}/${encodeURIComponent(id)}`, signal),
  });
}

export function useRetryWebhook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.post<undefined>(`${PATH}/${encodeURIComponent(id)}/retry`),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
