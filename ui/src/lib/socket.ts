/** A WebSocket that comes back by itself. It knows nothing of what is said on it. */

export type Closing = { do: "retry"; after: number } | { do: "sign_in" } | { do: "stop" };

export type SocketStatus = "connecting" | "live" | "reconnecting" | "stopped";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const TICK = 5_000;
/** The server gives a sign of life every ten seconds: after this long, nobody is there. */
const SILENCE = 25_000;
/** Timers that are so late were asleep, and the connection with them. */
const ASLEEP = 30_000;

/**
 * What a closed socket means.
 *
 * `attempt` counts the tries since the last time the socket was open; `luck` is a
 * random number from 0 to 1 that keeps a thousand screens from returning at once.
 */
export function afterClose(code: number, attempt: number, luck: number): Closing {
  switch (code) {
    case 4401: // the session is over
      return { do: "sign_in" };
    case 4403: // signed in, but not allowed to listen
    case 1002: // the two sides don't speak the same protocol
    case 1003:
    case 1007:
      return { do: "stop" };
    default:
      return { do: "retry", after: waitBefore(attempt, luck) };
  }
}

function waitBefore(attempt: number, luck: number): number {
  const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt, 10));
  return Math.round(longest / 2 + (longest / 2) * luck);
}

export type Say = (message: unknown) => void;

interface Listeners {
  /** Every message, already taken from JSON. What is not JSON is left out. */
  onMessage: (message: unknown, say: Say) => void;
  /** `heardAt`: when the server was last heard, by this browser's clock. */
  onStatus: (status: SocketStatus, heardAt: number) => void;
  /** The socket is open again after having been lost: news may have been missed. */
  onReturn: (say: Say) => void;
  onSignIn: () => void;
}

export function socketAddress(path: string, page: Location = window.location): string {
  return `${page.protocol === "https:" ? "wss:" : "ws:"}//${page.host}${path}`;
}

export interface Kept {
  /** For good. */
  close: () => void;
  /** Doesn't wait for the next try. */
  tryNow: () => void;
}

/** Opens the socket and keeps it open. */
export function keepOpen(address: string, listeners: Listeners): Kept {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let lost = false;
  let over = false;
  let heardAt = Date.now();
  let spokenAt = heardAt;
  let tickedAt = heardAt;

  function tell(status: SocketStatus): void {
    listeners.onStatus(status, spokenAt);
  }

  function open(): void {
    clearTimeout(timer);
    timer = undefined;
    heardAt = Date.now();
    const opened = new WebSocket(address);
    const say: Say = (message) => opened.send(JSON.stringify(message));
    socket = opened;
    socket.onopen = () => {
      attempt = 0;
      heardAt = spokenAt = Date.now();
      tell("live");
      if (lost) listeners.onReturn(say);
      lost = false;
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      heardAt = spokenAt = Date.now();
      const message = parsed(event.data);
      if (message !== undefined) listeners.onMessage(message, say);
    };
    socket.onclose = (event) => {
      if (!over) closed(event.code);
    };
  }

  function closed(code: number): void {
    lost = true;
    const closing = afterClose(code, attempt, Math.random());
    if (closing.do === "retry") {
      attempt += 1;
      tell("reconnecting");
      timer = setTimeout(open, closing.after);
      return;
    }
    over = true;
    tell("stopped");
    if (closing.do === "sign_in") listeners.onSignIn();
  }

  /** Nobody is at the other end any more, and no close will ever come: begin anew. */
  function renew(): void {
    if (socket !== undefined) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    lost = true;
    tell("reconnecting");
    open();
  }

  function tick(): void {
    const now = Date.now();
    // Of a hidden page timers are late also when nothing slept.
    const slept = now - tickedAt > ASLEEP && document.visibilityState === "visible";
    tickedAt = now;
    if (over || timer !== undefined) return;
    if (slept || now - heardAt > SILENCE) renew();
  }

  /** There is a reason to think that it works by now, or that it does not any more. */
  function tryNow(): void {
    if (over) return;
    if (timer !== undefined) open();
    else if (Date.now() - heardAt > SILENCE) renew();
  }

  /** Somebody looks at the screen again. */
  function onSight(): void {
    if (document.visibilityState === "visible") tryNow();
  }

  /** The browser knows that there is no network; a socket may not notice for minutes. */
  function onOffline(): void {
    if (!over && timer === undefined) renew();
  }

  tell("connecting");
  open();
  const ticking = setInterval(tick, TICK);
  window.addEventListener("online", tryNow);
  window.addEventListener("offline", onOffline);
  // What was frozen in the background, or asleep, goes on.
  document.addEventListener("resume", tick);
  document.addEventListener("visibilitychange", onSight);
  return {
    tryNow,
    close: () => {
      over = true;
      clearTimeout(timer);
      clearInterval(ticking);
      window.removeEventListener("online", tryNow);
      window.removeEventListener("offline", onOffline);
      document.removeEventListener("resume", tick);
      document.removeEventListener("visibilitychange", onSight);
      socket?.close(1000);
    },
  };
}

function parsed(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}
