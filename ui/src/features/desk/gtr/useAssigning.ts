import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";

import type { Asesor, Assigned } from "../../../api/model";
import { useOffer } from "../../../components/offer";
import { useToasts } from "../../../components/toasts";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { assignPiece, lookAgain, PIECE, undoAssignment } from "../queries";

export interface Progress {
  done: number;
  total: number;
}

export interface Assigning {
  assign: (ids: readonly number[], to: Pick<Asesor, "id" | "name">) => void;
  /** Takes back what was assigned last. */
  undo: () => void;
  /** How far it is, while many are assigned. */
  progress: Progress | undefined;
}

/** Gives clientes to somebody, piece by piece, and offers to take it back. */
export function useAssigning(): Assigning {
  const { t } = useSpeech();
  const toasts = useToasts();
  const offer = useOffer();
  const queries = useQueryClient();
  const away = useAway();
  const [progress, setProgress] = useState<Progress>();
  const undoable = useRef<string[]>([]);

  const undo = useCallback(async () => {
    if (away) {
      toasts.say(t("desk.awayNothing"));
      return;
    }
    const taken = undoable.current.splice(0);
    if (taken.length === 0) return;
    try {
      // The last piece first, as one takes back a pile.
      const answers: Assigned[] = [];
      for (const one of taken.toReversed()) answers.push(await undoAssignment(one));
      const { done, refused } = countsOf(answers);
      toasts.say(
        refused === 0
          ? t("desk.undone", { count: done })
          : t("desk.undonePartly", { count: refused }),
      );
    } catch (error) {
      toasts.failed(error);
    } finally {
      lookAgain(queries);
    }
  }, [away, queries, t, toasts]);

  const assign = useCallback(
    async (ids: readonly number[], to: Pick<Asesor, "id" | "name">) => {
      if (away) {
        toasts.say(t("desk.awayNothing"));
        return;
      }
      const answers: Assigned[] = [];
      undoable.current = [];
      setProgress({ done: 0, total: ids.length });
      try {
        for (let from = 0; from < ids.length; from += PIECE) {
          const piece = ids.slice(from, from + PIECE);
          const answer = await assignPiece({ ids: piece, asesorId: to.id });
          answers.push(answer);
          if (answer.undo !== null) undoable.current.push(answer.undo);
          setProgress({ done: from + piece.length, total: ids.length });
        }
      } catch (error) {
        toasts.failed(error);
      } finally {
        setProgress(undefined);
        lookAgain(queries);
      }
      const { done, refused } = countsOf(answers);
      if (refused > 0) toasts.say(t("desk.notAssigned", { count: refused }));
      if (done === 0) return;
      offer({
        message: t("desk.assigned", { count: done, name: to.name }),
        label: t("action.undo"),
        onTake: () => void undo(),
      });
    },
    [away, offer, queries, t, toasts, undo],
  );

  return {
    assign: (ids, to) => void assign(ids, to),
    undo: () => void undo(),
    progress,
  };
}

function countsOf(answers: readonly Assigned[]) {
  const items = answers.flatMap((answer) => answer.items);
  const done = items.filter(({ ok }) => ok).length;
  return { done, refused: items.length - done };
}
