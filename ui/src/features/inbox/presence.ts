/** Who else is at a conversation, and telling others that one is there oneself. */
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";

import type { ChatPresence } from "../../api/model";
import { isLost, useConnection } from "../../lib/connection";
import { presenceKey, sayPresence } from "./queries";

const BEAT = 10_000;
const TYPING_PAUSE = 4_000;

export interface PresenceNews {
  conversationId: string;
  userId: string;
  name: string;
  doing: "typing" | "looking" | "gone";
}

const NOBODY: ChatPresence = { items: [], composer: null };

/** What a presence becomes by one piece of news. */
export function withNews(known: ChatPresence, news: PresenceNews): ChatPresence {
  const others = known.items.filter(({ id }) => id !== news.userId);
  const composes = known.composer?.id === news.userId;
  if (news.doing === "gone") {
    return { items: others, composer: composes ? null : known.composer };
  }
  const { userId: id, name, doing } = news;
  const first = known.composer === null && doing === "typing";
  return {
    items: [...others, { id, name, doing }],
    composer: first ? { id, name } : known.composer,
  };
}

export function hearPresence(queries: QueryClient, news: PresenceNews): void {
  const queryKey = presenceKey(news.conversationId);
  const known = queries.getQueryData<ChatPresence>(queryKey);
  if (known === undefined) return;
  // An answer that is still under way knows nothing of it.
  void queries.cancelQueries({ queryKey });
  queries.setQueryData(queryKey, withNews(known, news));
}

interface Here {
  presence: ChatPresence;
  /** One is writing; told at most every few seconds. */
  typing: () => void;
  /** Answer, though somebody else has begun to. */
  takeOver: () => void;
  /** One has answered: others may as well. */
  answered: () => void;
}

/** What is said last, after which comes the next: one who has gone is not said to write. */
let lastSaid: Promise<unknown> = Promise.resolve();

function sayInOrder(...said: Parameters<typeof sayPresence>): Promise<ChatPresence> {
  const told = lastSaid.then(() => sayPresence(...said));
  lastSaid = told.catch(() => undefined);
  return told;
}

/** Says that one looks at the conversation for as long as it is on the screen. Who else is there
 * is not known without a connection. */
export function usePresence(id: string): Here {
  const queries = useQueryClient();
  const { status } = useConnection();
  const typedAt = useRef(0);
  const presence = useQuery({
    queryKey: presenceKey(id),
    queryFn: () => {
      const types = Date.now() - typedAt.current < TYPING_PAUSE;
      return sayInOrder(id, types ? "typing" : "looking");
    },
    refetchInterval: BEAT,
    retry: false,
  }).data;

  useEffect(
    () => () => {
      queries.removeQueries({ queryKey: presenceKey(id) });
      sayInOrder(id, "gone").catch(() => undefined);
    },
    [id, queries],
  );

  const say = useCallback(
    (takeOver: boolean) => {
      typedAt.current = Date.now();
      sayInOrder(id, "typing", takeOver)
        .then((told) => queries.setQueryData(presenceKey(id), told))
        // Presence is a courtesy: what cannot be told is told the next time.
        .catch(() => undefined);
    },
    [id, queries],
  );
  return {
    presence: presence === undefined || isLost(status) ? NOBODY : presence,
    typing: useCallback(() => {
      if (Date.now() - typedAt.current > TYPING_PAUSE) say(false);
    }, [say]),
    takeOver: useCallback(() => say(true), [say]),
    answered: useCallback(() => {
      typedAt.current = 0;
      sayInOrder(id, "gone")
        .then(() => sayInOrder(id, "looking"))
        .then((told) => queries.setQueryData(presenceKey(id), told))
        .catch(() => undefined);
    }, [id, queries]),
  };
}
