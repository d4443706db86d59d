import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "../../../api/client";
import type { SendMessage } from "../../../api/model";
import { INBOX_KEY, useSend } from "../queries";

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

type All = readonly Waiting[];

interface SendingOf {
  waiting: All;
  missing: boolean;
  send: (message: Outgoing) => void;
  drop: (key: string) => void;
}

const NONE: All = [];
/** The last of each conversation, after which the next is sent. */
const last = new Map<string, Promise<void>>();

/** Messages on their way to the server, one after the other, so that they stay in their order.
 * What fails stays until somebody decides, also while another conversation is looked at, and is
 * sent again under the same key. */
export function useSending(id: string): SendingOf {
  const queries = useQueryClient();
  const [missing, setMissing] = useState(false);
  const { mutateAsync } = useSend(id);
  const queryKey = [...INBOX_KEY, "waiting", id];
  const { data: waiting } = useQuery({
    queryKey,
    queryFn: () => queries.getQueryData<All>(queryKey) ?? NONE,
    initialData: NONE,
    enabled: false,
    gcTime: Infinity,
  });
  const change = (next: (all: All) => All) =>
    queries.setQueryData<All>(queryKey, (all) => next(all ?? NONE));
  const drop = (key: string) => change((all) => all.filter((one) => one.key !== key));

  async function go(message: Outgoing): Promise<void> {
    try {
      await mutateAsync(message);
      drop(message.key);
    } catch (error) {
      change((all) => placed(all, message, error));
      if (isMissing(error)) setMissing(true);
    }
  }
  function send(message: Outgoing): void {
    change((all) => placed(all, message, null));
    last.set(
      id,
      (last.get(id) ?? Promise.resolve()).then(() => go(message)),
    );
  }
  return { waiting, missing, drop, send };
}

/** In its place, if it was there before. */
function placed(all: All, message: Outgoing, error: unknown): Waiting[] {
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
