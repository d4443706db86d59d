/** What waits for a person, whatever it is about, and the ways to decide it. */
import type { LinkConflict, LinkReview } from "../../api/model";
import type { Decision } from "./queries";

export type Item =
  | { kind: "claim"; id: string; at: string; review: LinkReview }
  | { kind: "conflict"; id: string; at: string; conflict: LinkConflict };

export interface Choice {
  decision: Decision;
  /** The key that decides so. */
  letter: string;
}

/** Claims and questions in one list, the newest first. */
export function itemsOf(
  reviews: readonly LinkReview[],
  conflicts: readonly LinkConflict[],
): Item[] {
  const items: Item[] = [
    ...reviews.map((review) => ({
      kind: "claim" as const,
      id: review.claim.id,
      at: review.openedAt,
      review,
    })),
    ...conflicts.map((conflict) => ({
      kind: "conflict" as const,
      id: conflict.id,
      at: conflict.openedAt,
      conflict,
    })),
  ];
  return items.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

/** The same for those that were decided, the latest decision first. */
export function decidedItems(conflicts: readonly LinkConflict[]): Item[] {
  const at = ({ at }: Item): number => Date.parse(at);
  return conflicts
    .map((conflict) => ({
      kind: "conflict" as const,
      id: conflict.id,
      at: conflict.decidedAt ?? conflict.openedAt,
      conflict,
    }))
    .sort((one, other) => at(other) - at(one));
}

/** The first is what Enter does. */
export function choicesOf(item: Item): readonly Choice[] {
  if (item.kind === "conflict") {
    const separate = { decision: "separate", letter: "s" } as const;
    return item.conflict.sides.length < 2
      ? [separate]
      : [{ decision: "merge", letter: "m" }, separate];
  }
  const { holder, contact } = item.review;
  const choices: Choice[] = [
    { decision: "accept", letter: "a" },
    { decision: "keep", letter: "r" },
  ];
  if (holder !== null && holder.contact.id !== contact.id) {
    choices.push({ decision: "fork", letter: "f" });
  }
  return choices;
}

/** The contact that the other becomes part of: the one that was chosen, or else the older one. */
export function mergedInto({ sides }: LinkConflict, stays?: string): string | undefined {
  if (sides.some(({ id }) => id === stays)) return stays;
  return sides.toSorted(
    (one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt),
  )[0]?.id;
}

/** Whether somebody is still to decide it. */
export function isOpen(item: Item): boolean {
  return item.kind === "claim" || item.conflict.decision === null;
}
