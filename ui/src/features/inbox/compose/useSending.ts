import { useRef, useState } from "react";

import { ApiError } from "../../../api/client";
import type { SendMessage } from "../../../api/model";
import { useSend } from "../queries";

export interface Outgoing {
  /** The same for each attempt: sent once. */
  key: string;
  body: SendMessage;
  /** How it is called while it is on its way. */
  label: string;
}

export interface Waiting extends Outgoing {
  error: unknown;
}

interface SendingOf {
  waiting: readonly Waiting[];
  missing: boolean;
  send: (message: Outgoing) => void;
  drop: (key: string) => void;
}

/** Messages on their way to the server, one after the other, so that they stay in their order.
 * What fails stays, and is sent again under the same key. */
export function useSending(id: string): SendingOf {
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const [missing, setMissing] = useState(false);
  const { mutateAsync } = useSend(id);
  const last = useRef(Promise.resolve());
  const drop = (key: string) => setWaiting((all) => all.filter((one) => one.key !== key));

  async function go(message: Outgoing): Promise<void> {
    try {
      await mutateAsync(message);
      drop(message.key);
    } catch (error) {
      setWaiting((all) => placed(all, message, error));
      if (isMissing(error)) setMissing(true);
    }
  }
  function send(message: Outgoing): void {
    setWaiting((all) => placed(all, message, null));
    last.current = last.current.then(() => go(message));
  }
  return { waiting, missing, drop, send };
}

/** In its place, if it was there before. */
function placed(all: readonly Waiting[], message: Outgoing, error: unknown): Waiting[] {
  const { key, body, label } = message;
  const one = { key, body, label, error };
  return all.some((known) => known.key === key)
    ? all.map((known) => (known.key === key ? one : known))
    : [...all, one];
}

/** A server that knows of no sending yet. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.code === "not_found" || error.status === 405;
}
