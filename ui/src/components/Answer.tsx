import { Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import classes from "./Answer.module.css";
import { Panel } from "./Panel";
import { Failed, Stale } from "./States";

interface AnswerProps<Data> {
  query: UseQueryResult<Data>;
  /** Stands in its place until the first answer is there. */
  waiting: ReactNode;
  /** It has no panel around it, so that its failure needs one. */
  boxed?: boolean;
  children: (data: Data) => ReactNode;
}

/**
 * What the server answers: awaited, failed, or shown. An older answer stays while a newer one is
 * on its way, faded, and when it does not come, with a line that says so.
 */
export function Answer<Data>({ query, waiting, boxed, children }: AnswerProps<Data>) {
  const { data } = query;
  const retry = () => void query.refetch();
  if (query.isPending) return waiting;
  if (data === undefined) {
    const failed = <Failed error={query.error} onRetry={retry} />;
    return boxed === true ? <Panel>{failed}</Panel> : failed;
  }
  return (
    <>
      {query.isError && <Stale onRetry={retry} />}
      <Stack
        gap="lg"
        className={classes.answer}
        data-fading={query.isPlaceholderData || undefined}
        aria-busy={query.isPlaceholderData}
      >
        {children(data)}
      </Stack>
    </>
  );
}
