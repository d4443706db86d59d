import { Button, SegmentedControl, Skeleton, Stack } from "@mantine/core";
import { IconUserQuestion } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import classes from "./Questions.module.css";
import { conflictsQuery } from "./queries";
import { Question } from "./Question";

type State = "open" | "decided";

interface QuestionsProps {
  state: State;
  onState: (state: State) => void;
}

/** What only a person can decide, with both sides. */
export function Questions({ state, onState }: QuestionsProps) {
  const { t } = useSpeech();
  const asked = useInfiniteQuery(conflictsQuery({ state }));
  const items = asked.data?.pages.flatMap((page) => page.items) ?? [];
  const retry = () => void asked.refetch();
  return (
    <Stack gap="md">
      <SegmentedControl
        className={classes.states}
        aria-label={t("review.state")}
        value={state}
        onChange={onState}
        data={[
          { value: "open", label: t("review.open") },
          { value: "decided", label: t("review.decided") },
        ]}
      />
      {asked.isError && asked.data !== undefined && <Stale onRetry={retry} />}
      {asked.isPending && <Skeleton height={220} />}
      {asked.isError && asked.data === undefined && (
        <Panel>
          <Failed error={asked.error} onRetry={retry} />
        </Panel>
      )}
      {asked.data !== undefined && items.length === 0 && (
        <Panel>
          <Empty
            icon={<IconUserQuestion size={28} />}
            title={t(state === "open" ? "review.none" : "review.noneDecided")}
            text={t("review.noneHint")}
          />
        </Panel>
      )}
      {items.map((item) => (
        <Question key={item.id} question={item} />
      ))}
      {asked.hasNextPage && (
        <Button
          variant="default"
          loading={asked.isFetchingNextPage}
          onClick={() => void asked.fetchNextPage()}
        >
          {t("review.more")}
        </Button>
      )}
    </Stack>
  );
}
