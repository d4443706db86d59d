import {
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryKey,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { Cleared, QueueHistories, QueueMonitor } from "../../api/model";

const PATH = "/api/queue-monitor";
const KEY: QueryKey = ["queues"];
const EVERY_MS = 3_000;
const PLOT_EVERY_MS = 15_000;

export const QUEUES = ["webhook", "message", "other"] as const;
export type QueueName = (typeof QUEUES)[number];

/** Looked at again while somebody looks: queues tell nobody how long they are. */
export const statsQuery = queryOptions({
  queryKey: [...KEY, "stats"],
  queryFn: ({ signal }) => api.get<QueueMonitor>(`${PATH}/stats`, signal),
  refetchInterval: EVERY_MS,
});

export const historyQuery = queryOptions({
  queryKey: [...KEY, "history"],
  queryFn: ({ signal }) => api.get<QueueHistories>(`${PATH}/history`, signal),
  refetchInterval: PLOT_EVERY_MS,
});

export function useStop(what: "pause" | "resume") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (queue: string) => api.post<unknown>(`${PATH}/${what}`, { queue }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useClear() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (queue: string) =>
      api.delete<Cleared>(withQuery(`${PATH}/clear`, { queue, confirm: queue })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
