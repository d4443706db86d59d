import { useSyncExternalStore } from "react";

import { serverNow } from "../../lib/serverClock";

/** One clock for all timers on the screen: they change in the same moment. */
const TICK = 1_000;
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = serverNow();

function tick(): void {
  now = serverNow();
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(tick, TICK);
  // A laptop that was asleep shows the truth as soon as somebody looks.
  document.addEventListener("visibilitychange", watcher);
  return () => {
    watchers.delete(watcher);
    document.removeEventListener("visibilitychange", watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function current(): number {
  const time = serverNow();
  // Between two ticks it stands still, as React wants it; a jump is seen at once.
  if (Math.abs(time - now) >= TICK) now = time;
  return now;
}

/** The server's time, in milliseconds; it moves once a second. */
export function useNow(): number {
  return useSyncExternalStore(watch, current);
}
