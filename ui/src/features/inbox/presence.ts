/** Who else is at a conversation, and telling others that one is there oneself. */
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";

import type { ChatPresence } from "../../api/model";
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

/** Says that one looks at the conversation for as long as it is on the screen. */
export function usePresence(id: string): Here {
  const queries = useQueryClient();
  const typedAt = useRef(0);
  const presence = useQuery({
    queryKey: presenceKey(id),
    queryFn: () => {
      const types = Date.now() - typedAt.current < TYPING_PAUSE;
      return sayPresence(id, types ? "typing" : "looking");
    },
    refetchInterval: BEAT,
    retry: false,
  }).data;

  useEffect(
    () => () => {
      queries.removeQueries({ queryKey: presenceKey(id) });
      sayPresence(id, "gone").catch(() => undefined);
    },
    [id, queries],
  );

  const say = useCallback(
    (takeOver: boolean) => {
      typedAt.current = Date.now();
      sayPresence(id, "typing", takeOver)
        .then((told) => queries.setQueryData(presenceKey(id), told))
        // Presence is a courtesy: what cannot be told is told the next time.
        .catch(() => undefined);
    },
    [id, queries],
  );
  return {
    presence: presence ?? NOBODY,
    typing: useCallback(() => {
      if (Date.now() - typedAt.current > TYPING_PAUSE) say(false);
    }, [say]),
    takeOver: useCallback(() => say(true), [say]),
    answered: useCallback(() => {
      typedAt.current = 0;
      sayPresence(id, "gone")
        .then(() => sayPresence(id, "looking"))
        .then((told) => queries.setQueryData(presenceKey(id), told))
        .catch(() => undefined);
    }, [id, queries]),
  };
}
