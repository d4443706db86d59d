import { Badge, Skeleton, Text } from "@mantine/core";
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

interface RowProps {
  /** A link, mostly. */
  name: ReactNode;
  /** What kind of thing it is. */
  kind: string;
  /** What is not as it should be. */
  signs: ReactNode;
  /** What else is known of it, below. */
  children: ReactNode;
}

export function Row({ name, kind, signs, children }: RowProps) {
  return (
    <li className={rows.row}>
      <div className={rows.main}>
        <div className={rows.name}>
          {name}
          <Badge size="sm" variant="default" tt="none">
            {kind}
          </Badge>
          {signs}
        </div>
        {children}
      </div>
    </li>
  );
}

/** Facts side by side, as many as there is room for. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed" component="div" className={rows.facts}>
      {children}
    </Text>
  );
}
