import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import rows from "./Rows.module.css";
import { Empty, Failed } from "./States";

interface ListedProps<Item> {
  query: UseQueryResult<{ items: Item[] }>;
  empty: { icon: ReactNode; title: string; text: string };
  row: (item: Item) => ReactNode;
}

/** A list in rows; or that it is on its way, could not be had, or is empty. */
export function Listed<Item>({ query, empty, row }: ListedProps<Item>) {
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <Failed error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Skeleton height={120} />
    );
  }
  return data.items.length === 0 ? (
    <Empty {...empty} />
  ) : (
    <ul className={rows.list}>{data.items.map(row)}</ul>
  );
}
