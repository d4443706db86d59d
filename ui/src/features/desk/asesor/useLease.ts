import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { ApiError } from "../../../api/client";
import type { DeskBeat } from "../../../api/model";
import { useMe } from "../../../api/queries";
import type { SocketStatus } from "../../../lib/socket";
import { useDeskNews, useLockNews } from "../news";
import { keepBeat, keepCliente, lookAgain } from "../queries";
import { beat, letGo, openWizard, sayActive, takeLock } from "./calls";
import {
  isElsewhere,
  isLeaseOver,
  lostByError,
  lostByLock,
  lostByNews,
  type Lost,
} from "./lost";
import { recallToken, rememberToken } from "./tokens";

const BEAT = 60_000;
const ACTIVE_PAUSE = 10_000;

type Lease =
  | { state: "opening" }
  | { state: "held"; token: string }
  /** Another window of one's own has it. */
  | { state: "elsewhere" }
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
  /** Takes it, though another window of one's own has it. */
  takeOver: () => void;
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
      if (lost.why === "elsewhere") {
        setLease({ state: "elsewhere" });
        return;
      }
      leaving.current = true;
      lookAgain(queries, id);
      tell.current(lost);
    },
    [id, queries],
  );
  const take = useCallback(
    async (known: string | null, takeOver: boolean) => {
      const { lockToken } = await takeLock(id, known, takeOver);
      keepCliente(queries, await openWizard(id, me, lockToken));
      return lockToken;
    },
    [id, me, queries],
  );
  const taking = useRef(false);
  const retake = useCallback(async () => {
    if (taking.current || leaving.current) return;
    taking.current = true;
    try {
      setLease({ state: "held", token: await take(null, false) });
    } catch (error) {
      const lost = lostByError(error, me);
      if (lost !== undefined) lose(lost);
    } finally {
      taking.current = false;
    }
  }, [lose, me, take]);
  const doubt = useCallback(
    (error: unknown) => {
      if (isLeaseOver(error)) {
        void retake();
        return false;
      }
      const lost = lostByError(error, me);
      if (lost !== undefined) lose(lost);
      return lost !== undefined;
    },
    [lose, me, retake],
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

  const held = useRef<string>(undefined);
  useEffect(() => {
    held.current = token;
  }, [token]);
  const [asked, setAsked] = useState({ takeOver: false });
  useEffect(() => {
    let over = false;
    const isOver = () => over;
    async function begin(): Promise<void> {
      try {
        const taken = await take(recallToken(id), asked.takeOver);
        if (isOver()) letGoOf(id, taken);
        else setLease({ state: "held", token: taken });
        lookAgain(queries, id);
      } catch (error) {
        if (isOver()) return;
        setLease(
          isElsewhere(error, me) ? { state: "elsewhere" } : { state: "failed", error },
        );
      }
    }
    // What is closed in the same moment, as React does to try it, takes nothing.
    const start = setTimeout(() => void begin(), 0);
    return () => {
      over = true;
      clearTimeout(start);
      if (held.current !== undefined && !leaving.current) letGoOf(id, held.current);
    };
  }, [asked, id, me, queries, take]);

  useEffect(() => {
    // The page is loaded again, or closed: only the same window finds it.
    const onHide = () => {
      if (held.current !== undefined && !leaving.current) rememberToken(id, held.current);
    };
    window.addEventListener("pagehide", onHide);
    return () => window.removeEventListener("pagehide", onHide);
  }, [id]);

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
  const failed = lease.state === "failed" && isUnreached(lease.error);
  useEffect(() => {
    if (live !== "live") return undefined;
    look();
    if (!failed) return undefined;
    const again = setTimeout(() => setAsked({ takeOver: false }), 0);
    return () => clearTimeout(again);
  }, [live, look, failed]);

  useActivity(useCallback(() => say(sayActive), [say]));

  useDeskNews((news) => {
    if (news.clienteId !== id) return;
    // What another window had is done, or was taken from it.
    if (lease.state === "elsewhere" && news.seguimiento_status !== "en_gestion") {
      lose({ why: "lock" });
    }
    if (token === undefined) return;
    // Whoever broke its lock is told of apart, with a name.
    if (news.reason === "lock_broken") return;
    const lost = lostByNews(news, me);
    if (lost === "look") look();
    else if (lost !== undefined) lose(lost);
  });

  useLockNews((news) => {
    if (news.clienteId !== id) return;
    if (lease.state === "elsewhere" && news.holder === null)
      setAsked({ takeOver: false });
    if (token === undefined) return;
    const lost = lostByLock(news, me);
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
  const takeOver = useCallback(() => {
    setLease({ state: "opening" });
    setAsked({ takeOver: true });
  }, []);
  return { lease, look, doubt, leave, stay, mayLeave, takeOver };
}

function isUnreached(error: unknown): boolean {
  return error instanceof ApiError && error.status === 0;
}

/** Who looks away lets go; what cannot be told, the end of the lease tells. */
function letGoOf(id: number, token: string): void {
  letGo(id, token).catch((error: unknown) => {
    // Who signs in again goes on with it.
    if (error instanceof ApiError && error.needsSignIn) rememberToken(id, token);
  });
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
