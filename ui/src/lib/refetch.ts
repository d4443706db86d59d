import { hashKey, type QueryClient, type QueryFilters } from "@tanstack/react-query";

/** What is to be asked once more when its answer is here. */
const late = new WeakMap<QueryClient, Set<string>>();

/**
 * Fetches what there is news of; what nobody looks at, when somebody does again.
 *
 * An answer that is on its way may be older than the news: it is waited for, since under
 * load a new one might never arrive, and then asked for once more.
 */
export function refetch(
  queries: QueryClient,
  filters: QueryFilters & Required<Pick<QueryFilters, "queryKey">>,
): void {
  const isUnderWay = queries.isFetching(filters) > 0;
  const done = queries.invalidateQueries(filters, { cancelRefetch: false });
  const names = late.get(queries) ?? new Set();
  const name = hashKey(filters.queryKey);
  if (!isUnderWay || names.has(name)) return;
  late.set(queries, names.add(name));
  void done.finally(() => {
    names.delete(name);
    refetch(queries, filters);
  });
}
