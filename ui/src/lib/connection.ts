/** What a screen may say of itself: whether it is current, and since when it is not. */
import { createContext, use, useSyncExternalStore } from "react";

import type { SocketStatus } from "./socket";

export interface Connection {
  /** Of the socket, by which a screen changes by itself. */
  status: SocketStatus;
  /** When the server was last heard, in milliseconds of its own clock, while nothing is heard. */
  lostAt: number | undefined;
  tryNow: () => void;
}

export const ConnectionContext = createContext<Connection>({
  status: "connecting",
  lostAt: undefined,
  tryNow: () => undefined,
});

export function useConnection(): Connection {
  return use(ConnectionContext);
}

const watchers = new Set<() => void>();
let answers = true;

/** Each request says whether anybody answered it. */
export function noteAnswer(answered: boolean): void {
  if (answered === answers) return;
  answers = answered;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** Neither the socket nor anything else gets through: what is done now would be done nowhere. */
export function useAway(): boolean {
  const { status } = useConnection();
  const answered = useSyncExternalStore(watch, () => answers);
  return isLost(status) && !answered;
}

export function isLost(status: SocketStatus): boolean {
  return status === "reconnecting" || status === "stopped";
}
