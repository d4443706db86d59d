import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { api, withQuery } from "../../api/client";
import type { Partitions, Removal } from "../../api/model";

const PATH = "/api/partitions";

export function isOpen({ state }: Removal): boolean {
  return state === "waiting" || state === "running";
}

export function partitionsQuery() {
  return queryOptions({
    queryKey: ["partitions"],
    queryFn: ({ signal }) => api.get<Partitions>(PATH, signal),
    refetchInterval: ({ state }) =>
      state.data?.removals.some(isOpen) === true ? 1_000 : 60_000,
  });
}

export function useRemoveMonth() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (month: string) =>
      api.delete(withQuery(`${PATH}/${month}`, { confirm: month })),
    onSettled: () => queries.invalidateQueries(partitionsQuery()),
  });
}

/** Tells of each removal that was under way and is over, once; every number may be another. */
export function useEnded(
  removals: readonly Removal[] | undefined,
  onEnded: (removal: Removal) => void,
): void {
  const queries = useQueryClient();
  const open = useRef<ReadonlySet<string>>(new Set());

  useEffect(() => {
    if (removals === undefined) return;
    const ended = removals.filter((one) => !isOpen(one) && open.current.has(one.id));
    open.current = new Set(removals.filter(isOpen).map(({ id }) => id));
    ended.forEach(onEnded);
    if (ended.length === 0) return;
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] !== "me" && queryKey[0] !== "partitions",
    });
  }, [removals, onEnded, queries]);
}
