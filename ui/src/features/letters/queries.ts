import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryKey,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { DeadLetters, LettersDone, WholeLetter } from "../../api/model";

const PATH = "/api/dead-letters";
const KEY: QueryKey = ["letters"];

export function lettersQuery(kind: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [...KEY, kind],
    queryFn: ({ signal, pageParam }) =>
      api.get<DeadLetters>(withQuery(PATH, { kind, before: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => (next === null ? undefined : String(next)),
  });
}

/** With the webhook that it is about, if it is about one. */
export function letterQuery(id: number) {
  return queryOptions({
    queryKey: [...KEY, "one", id],
    queryFn: ({ signal }) => api.get<WholeLetter>(`${PATH}/${String(id)}`, signal),
  });
}

export function useDecideLetters(what: "replay" | "drop") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: number[]) => api.post<LettersDone>(`${PATH}/${what}`, { ids }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
