/** What one wants supervisors to see; every window of one's own says the same. */
import { useEffect, useSyncExternalStore } from "react";

import type { PresenceState } from "../../../api/model";
import { oneOf } from "../../../lib/search";
import { sayPresence } from "../queries";

interface OwnPresence {
  state: PresenceState;
  reason: string | null;
}

const STORED = "pista.desk.presence";
const STATES = ["available", "paused", "away"] as const;
/** The server takes whoever is silent for a minute and a half for gone. */
const BEAT = 30_000;

const AVAILABLE: OwnPresence = { state: "available", reason: null };

function readPresence(stored: string | null): OwnPresence {
  const [state, ...reason] = (stored ?? "").split(" ");
  const known = oneOf(STATES, state);
  if (known === undefined) return AVAILABLE;
  return { state: known, reason: reason.join(" ") || null };
}

const watchers = new Set<() => void>();

export function setOwnPresence({ state, reason }: OwnPresence): void {
  localStorage.setItem(STORED, `${state} ${reason ?? ""}`.trim());
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("storage", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("storage", watcher);
  };
}

export function useOwnPresence(): OwnPresence {
  return readPresence(useSyncExternalStore(watch, () => localStorage.getItem(STORED)));
}

/** Says it at once when it changes, and again and again, for as long as the program is open. */
export function PresenceBeat() {
  const { state, reason } = useOwnPresence();
  useEffect(() => {
    const say = () => {
      // What cannot be told now is told with the next beat.
      sayPresence(state, reason).catch(() => undefined);
    };
    say();
    const timer = setInterval(say, BEAT);
    return () => clearInterval(timer);
  }, [state, reason]);
  return null;
}
