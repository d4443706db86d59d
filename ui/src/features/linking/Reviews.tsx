import { Button, Group, Kbd, Skeleton, Text } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { useOffer } from "../../components/offer";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { choicesOf, itemsOf, mergedInto, type Item } from "./items";
import classes from "./Linking.module.css";
import {
  conflictsQuery,
  reviewsQuery,
  useDecideItem,
  useUndoItem,
  type Decision,
} from "./queries";
import { ReviewCard } from "./ReviewCard";
import { useReviewKeys } from "./useReviewKeys";

/** What waits for a person, to be decided with one click or one key. */
export function Reviews() {
  const { t } = useSpeech();
  const claims = useInfiniteQuery(reviewsQuery());
  const conflicts = useInfiniteQuery(conflictsQuery());
  const items = itemsOf(
    claims.data?.pages.flatMap((page) => page.items) ?? [],
    conflicts.data?.pages.flatMap((page) => page.items) ?? [],
  );
  const loaded = claims.data !== undefined && conflicts.data !== undefined;
  const failed = claims.isError || conflicts.isError;
  const more = [claims, conflicts].filter((query) => query.hasNextPage);
  function retry(): void {
    void claims.refetch();
    void conflicts.refetch();
  }

  return (
    <Panel
      title={t("linking.toReview")}
      hint={items.length > 0 ? t("linking.toReviewHint") : undefined}
      actions={items.length > 0 && <Keys />}
    >
      {failed && loaded && <Stale onRetry={retry} />}
      {failed && !loaded && (
        <Failed error={claims.error ?? conflicts.error} onRetry={retry} />
      )}
      {!loaded && !failed && <Skeleton height={180} />}
      {loaded && items.length === 0 && (
        <Empty
          icon={<IconChecks size={28} />}
          title={t("linking.noReviews")}
          text={t("linking.noReviewsHint")}
        />
      )}
      {loaded && <List items={items} />}
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
    </Panel>
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

function List({ items }: { items: readonly Item[] }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const offer = useOffer();
  const decide = useDecideItem();
  const undo = useUndoItem();
  const list = useRef<HTMLUListElement>(null);
  const last = useRef<Pick<Item, "kind" | "id">>(undefined);
  /** Where the focus goes when the card that was decided is gone. */
  const next = useRef<number>(undefined);

  function takeBack(item: Pick<Item, "kind" | "id"> | undefined): void {
    if (item === undefined) return;
    last.current = undefined;
    undo.mutate(item, {
      onSuccess: () => toasts.say(t("linking.askedAgain")),
      onError: toasts.failed,
    });
  }

  function settle(item: Item, decision: Decision): void {
    if (decide.isPending) return;
    const { kind, id } = item;
    const into =
      item.kind === "conflict" && decision === "merge"
        ? mergedInto(item.conflict)
        : undefined;
    if (list.current?.contains(document.activeElement)) {
      next.current = items.findIndex((one) => one.id === id);
    }
    decide.mutate(
      { item: { kind, id }, decision, into },
      {
        onSuccess: () => {
          last.current = { kind, id };
          offer({
            message: t(`linking.done.${decision}`),
            label: t("action.undo"),
            onTake: () => takeBack({ kind, id }),
          });
        },
        onError: toasts.failed,
      },
    );
  }

  useReviewKeys(list, {
    onLetter: (place, letter) => {
      const item = items[place];
      if (item === undefined) return;
      const choices = choicesOf(item);
      const choice =
        letter === "Enter" ? choices[0] : choices.find((one) => one.letter === letter);
      if (choice !== undefined) settle(item, choice.decision);
    },
    onUndo: () => takeBack(last.current),
  });

  const ids = items.map(({ id }) => id).join();
  useEffect(() => {
    if (next.current === undefined) return;
    const cards = list.current?.querySelectorAll<HTMLElement>("[data-review]");
    const card = cards?.[Math.min(next.current, cards.length - 1)];
    next.current = undefined;
    card?.focus();
  }, [ids]);

  return (
    <ul ref={list} className={classes.reviews}>
      {items.map((item) => (
        <ReviewCard
          key={item.id}
          item={item}
          busy={decide.isPending}
          onDecide={(decision) => settle(item, decision)}
        />
      ))}
    </ul>
  );
}
