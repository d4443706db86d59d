import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import type { DeskBeat } from "../../../api/model";
import { useMe } from "../../../api/queries";
import type { SocketStatus } from "../../../lib/socket";
import { useDeskNews } from "../news";
import { keepBeat, keepCliente, lookAgain } from "../queries";
import { beat, letGo, openWizard, sayActive, takeLock } from "./calls";
import { lostByError, lostByNews, type Lost } from "./lost";

const BEAT = 60_000;
const ACTIVE_PAUSE = 10_000;

export type Lease =
  | { state: "opening" }
  | { state: "held"; token: string }
  | { state: "failed"; error: unknown };

export interface Hand {
  lease: Lease;
  /** Asks the server whether it is still in hand. */
  look: () => void;
  /** What a refused call means; true, if it is not in hand any more. */
  doubt: (error: unknown) => boolean;
  /** It goes away because one wants it to: what is told of it then is no loss. */
  leave: () => void;
  /** It did not go away after all. */
  stay: () => void;
  mayLeave: () => boolean;
}

/**
 * Takes a cliente in hand, opens it, and keeps it for as long as it is on the screen.
 *
 * Whose it is, the server says. This only asks often enough to show it at once.
 */
export function useLease(
  id: number,
  live: SocketStatus,
  onLost: (lost: Lost) => void,
): Hand {
  const queries = useQueryClient();
  const me = useMe().user.id;
  const [lease, setLease] = useState<Lease>({ state: "opening" });
  const leaving = useRef(false);
  const tell = useRef(onLost);
  const token = lease.state === "held" ? lease.token : undefined;
  useEffect(() => {
    tell.current = onLost;
  });

  const lose = useCallback(
    (lost: Lost) => {
      if (leaving.current) return;
      leaving.current = true;
      lookAgain(queries, id);
      tell.current(lost);
    },
    [id, queries],
  );
  const doubt = useCallback(
    (error: unknown) => {
      const lost = lostByError(error, me);
      if (lost !== undefined) lose(lost);
      return lost !== undefined;
    },
    [lose, me],
  );
  const say = useCallback(
    (call: (id: number, token: string) => Promise<DeskBeat>) => {
      if (token === undefined || leaving.current) return;
      call(id, token).then(
        (told) => keepBeat(queries, id, told),
        // What did not arrive is said again with the next beat.
        doubt,
      );
    },
    [doubt, id, queries, token],
  );
  const look = useCallback(() => say(beat), [say]);

  useEffect(() => {
    let over = false;
    const isOver = () => over;
    let taken: string | undefined;
    async function take(): Promise<void> {
      try {
        const { lockToken } = await takeLock(id);
        if (isOver()) {
          letGoOf(id, lockToken);
          return;
        }
        taken = lockToken;
        keepCliente(queries, await openWizard(id, me, lockToken));
        if (!isOver()) setLease({ state: "held", token: lockToken });
        lookAgain(queries, id);
      } catch (error) {
        if (!isOver()) setLease({ state: "failed", error });
      }
    }
    // What is closed in the same moment, as React does to try it, takes nothing.
    const start = setTimeout(() => void take(), 0);
    return () => {
      over = true;
      clearTimeout(start);
      if (taken !== undefined && !leaving.current) letGoOf(id, taken);
    };
  }, [id, me, queries]);

  useEffect(() => {
    const timer = setInterval(look, BEAT);
    const onSight = () => {
      if (document.visibilityState === "visible") look();
    };
    document.addEventListener("visibilitychange", onSight);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onSight);
    };
  }, [look]);

  // The socket is back: what happened meanwhile was not heard.
  useEffect(() => {
    if (live === "live") look();
  }, [live, look]);

  useActivity(useCallback(() => say(sayActive), [say]));

  useDeskNews((news) => {
    if (news.clienteId !== id || token === undefined) return;
    const lost = lostByNews(news, me);
    if (lost === "look") look();
    else if (lost !== undefined) lose(lost);
  });

  const leave = useCallback(() => {
    leaving.current = true;
  }, []);
  const stay = useCallback(() => {
    leaving.current = false;
  }, []);
  const mayLeave = useCallback(() => leaving.current, []);
  return { lease, look, doubt, leave, stay, mayLeave };
}

/** Who looks away lets go; what cannot be told, the end of the lease tells. */
function letGoOf(id: number, token: string): void {
  letGo(id, token).catch(() => undefined);
}

/** Tells that somebody types or clicks, at most every few seconds. */
function useActivity(onActive: () => void): void {
  useEffect(() => {
    let toldAt = -Infinity;
    function act(): void {
      if (performance.now() - toldAt < ACTIVE_PAUSE) return;
      toldAt = performance.now();
      onActive();
    }
    const signs = ["keydown", "pointerdown", "input"] as const;
    for (const sign of signs) window.addEventListener(sign, act);
    return () => {
      for (const sign of signs) window.removeEventListener(sign, act);
    };
  }, [onActive]);
}
