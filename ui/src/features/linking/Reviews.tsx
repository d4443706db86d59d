import { Button, Group, Kbd, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { decidedItems, itemsOf } from "./items";
import classes from "./Linking.module.css";
import { conflictsQuery, reviewsQuery } from "./queries";
import { ReviewList } from "./ReviewList";

interface ReviewsProps {
  /** Questions about contacts alone; everything that waits for a person, if absent. */
  about?: "contacts";
  state: "decided" | undefined;
  onState: (state: "decided" | undefined) => void;
  foot?: ReactNode;
}

/** What waits for a person, to be decided with one click or one key; and what was decided. */
export function Reviews({ about, state, onState, foot }: ReviewsProps) {
  const { t } = useSpeech();
  const open = state === undefined;
  // What was decided about claims stands in the log.
  const withClaims = open && about === undefined;
  const claims = useInfiniteQuery({ ...reviewsQuery(), enabled: withClaims });
  const conflicts = useInfiniteQuery(conflictsQuery({ state: state ?? "open", about }));
  const asked = conflicts.data?.pages.flatMap((page) => page.items) ?? [];
  const said = withClaims ? (claims.data?.pages.flatMap((page) => page.items) ?? []) : [];
  const items = open ? itemsOf(said, asked) : decidedItems(asked);
  const queries = withClaims ? [claims, conflicts] : [conflicts];
  const loaded = queries.every(({ data }) => data !== undefined);
  const failed = queries.find(({ isError }) => isError);
  const more = queries.filter((query) => query.hasNextPage);
  const retry = () => {
    for (const query of queries) void query.refetch();
  };

  return (
    <Panel
      title={t("linking.toReview")}
      hint={open && items.length > 0 ? t("linking.toReviewHint") : undefined}
      actions={
        <Group gap="md">
          {open && items.length > 0 && <Keys />}
          <States state={state} onState={onState} />
        </Group>
      }
    >
      {failed && loaded && <Stale onRetry={retry} />}
      {failed && !loaded && <Failed error={failed.error} onRetry={retry} />}
      {!loaded && !failed && <Skeleton height={180} />}
      {loaded && items.length === 0 && <Nothing open={open} />}
      {loaded && <ReviewList key={state ?? "open"} items={items} />}
      {more.length > 0 && (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={more.some((query) => query.isFetchingNextPage)}
            onClick={() => {
              for (const query of more) void query.fetchNextPage();
            }}
          >
            {t("linking.more")}
          </Button>
        </Group>
      )}
      {foot}
    </Panel>
  );
}

function States({ state, onState }: Pick<ReviewsProps, "state" | "onState">) {
  const { t } = useSpeech();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("review.state")}
      value={state ?? "open"}
      onChange={(chosen) => onState(chosen === "decided" ? "decided" : undefined)}
      data={[
        { value: "open", label: t("review.open") },
        { value: "decided", label: t("review.decided") },
      ]}
    />
  );
}

function Nothing({ open }: { open: boolean }) {
  const { t } = useSpeech();
  return (
    <Empty
      icon={<IconChecks size={28} />}
      title={t(open ? "linking.noReviews" : "review.noneDecided")}
      text={t(open ? "linking.noReviewsHint" : "review.noneHint")}
    />
  );
}

function Keys() {
  const { t } = useSpeech();
  return (
    <Group gap={6} className={classes.keys}>
      <Kbd>{"j"}</Kbd>
      <Kbd>{"k"}</Kbd>
      <Text size="xs" c="dimmed">
        {t("linking.keyMove")}
      </Text>
      <Kbd>{"u"}</Kbd>
      <Text size="xs" c="dimmed">
        {t("linking.keyUndo")}
      </Text>
    </Group>
  );
}
