import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
  type QueryKey,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { DeadLetters, LettersDone } from "../../api/model";

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

export function useDecideLetters(what: "replay" | "drop") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: number[]) => api.post<LettersDone>(`${PATH}/${what}`, { ids }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
