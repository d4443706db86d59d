import { useEffect, useRef, useState } from "react";

import { useOffer } from "../../components/offer";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { choicesOf, isOpen, mergedInto, type Item } from "./items";
import classes from "./Linking.module.css";
import { useDecideItem, useUndoItem, type Decision } from "./queries";
import { ReviewCard } from "./ReviewCard";
import { useReviewKeys } from "./useReviewKeys";

type Which = Pick<Item, "kind" | "id">;

/** Cards that are gone through, decided and taken back with the mouse or the keys. */
export function ReviewList({ items }: { items: readonly Item[] }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const offer = useOffer();
  const decide = useDecideItem();
  const undo = useUndoItem();
  /** By question, which contact stays if somebody has chosen. */
  const [stays, setStays] = useState<Readonly<Record<string, string>>>({});
  const list = useRef<HTMLUListElement>(null);
  const last = useRef<Which>(undefined);
  /** Where the focus goes when the card that was decided is gone. */
  const next = useRef<number>(undefined);

  function leave({ id }: Which): void {
    if (list.current?.contains(document.activeElement)) {
      next.current = items.findIndex((one) => one.id === id);
    }
  }

  function takeBack(item: Which | undefined): void {
    if (item === undefined || undo.isPending) return;
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
        ? mergedInto(item.conflict, stays[id])
        : undefined;
    leave(item);
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
      if (item === undefined || !isOpen(item)) return;
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
          busy={decide.isPending || undo.isPending}
          stays={stays[item.id]}
          onStays={(contact) => setStays((now) => ({ ...now, [item.id]: contact }))}
          onDecide={(decision) => settle(item, decision)}
          onReopen={() => {
            leave(item);
            takeBack(item);
          }}
        />
      ))}
    </ul>
  );
}
