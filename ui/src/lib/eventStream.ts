/** Server-Sent Events that come back by themselves, to where they were. */
import { afterClose, type SocketStatus } from "./socket";

export interface Block {
  event: string;
  data: unknown;
}

interface Listeners {
  onBlock: (block: Block) => void;
  onStatus: (status: SocketStatus) => void;
  onSignIn: () => void;
}

/** A screen that nobody looks at gives its connection back: a browser has six to a server. */
const HIDDEN_PAUSE = 20_000;
const CUT = 1006;

/**
 * Takes text as it comes, cut anywhere, and tells whole blocks and the last id.
 *
 * A browser's own `EventSource` stops for good at the first refusal, a restart's 503
 * among them, and does not say which one it was.
 */
export function blockReader(onBlock: (block: Block) => void) {
  let rest = "";
  let lastId = "";

  function tell(text: string): void {
    let event = "message";
    const data: string[] = [];
    for (const line of text.split("\n")) {
      const [, name = "", value = ""] = /^(\w*):? ?(.*)$/.exec(line) ?? [];
      if (name === "event") event = value;
      if (name === "data") data.push(value);
      if (name === "id") lastId = value;
    }
    const parsed = data.length === 0 ? undefined : parse(data.join("\n"));
    if (parsed !== undefined) onBlock({ event, data: parsed });
  }

  return {
    take(text: string): void {
      const blocks = (rest + text).split("\n\n");
      rest = blocks.pop() ?? "";
      blocks.forEach(tell);
    },
    /** What was cut in the middle is sent again from the last id on. */
    cut(): void {
      rest = "";
    },
    lastId: () => lastId,
  };
}

/** Opens the stream and keeps it open; call the answer to close it for good. */
export function keepFollowing(address: string, listeners: Listeners): () => void {
  const reader = blockReader(listeners.onBlock);
  let connection: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let over = false;

  async function open(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const own = (connection = new AbortController());
    const again = await follow(own.signal).catch(() => true);
    if (over || connection !== own) return;
    connection = undefined;
    const closing = afterClose(again ? CUT : 4403, attempt, Math.random());
    if (closing.do !== "retry") {
      listeners.onStatus("stopped");
      return;
    }
    attempt += 1;
    listeners.onStatus("reconnecting");
    timer = setTimeout(() => void open(), closing.after);
  }

  /** Whether to come back after the end. */
  async function follow(signal: AbortSignal): Promise<boolean> {
    const id = reader.lastId();
    const response = await fetch(address, {
      credentials: "same-origin",
      headers: {
        Accept: "text/event-stream",
        ...(id === "" ? {} : { "Last-Event-ID": id }),
      },
      signal,
    });
    if (response.status === 401) listeners.onSignIn();
    if (!response.ok || response.body === null) return response.status >= 500;
    attempt = 0;
    listeners.onStatus("live");
    const decoder = new TextDecoder();
    const body = response.body.getReader();
    try {
      for (;;) {
        const { done, value } = await body.read();
        if (done) return true;
        reader.take(decoder.decode(value, { stream: true }));
      }
    } finally {
      reader.cut();
    }
  }

  function look(): void {
    clearTimeout(hiding);
    if (document.visibilityState === "visible") {
      if (timer !== undefined || connection === undefined) hurry();
    } else {
      hiding = setTimeout(rest, HIDDEN_PAUSE);
    }
  }

  function rest(): void {
    clearTimeout(timer);
    timer = undefined;
    const own = connection;
    connection = undefined;
    own?.abort();
  }

  /** The network is back, or somebody looks at the screen again: don't wait it out. */
  function hurry(): void {
    if (document.visibilityState === "visible" && !stopped()) void open();
  }

  function stopped(): boolean {
    return over || connection !== undefined;
  }

  listeners.onStatus("connecting");
  void open();
  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", look);
  return () => {
    over = true;
    clearTimeout(hiding);
    window.removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", look);
    rest();
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
