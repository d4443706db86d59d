import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, withQuery } from "../../api/client";
import type { ChatChanges } from "../../api/model";
import { lookAgain } from "./queries";

const PAUSE = 20_000;

/**
 * Asks now and then what changed, since a message on the socket may be lost. After a reconnect
 * everything is fetched anew, here as on every screen.
 */
export function useCatchUp(queries: QueryClient): void {
  useEffect(() => {
    let since: string | undefined;
    async function ask(): Promise<void> {
      if (document.visibilityState !== "visible") return;
      const changes = await api.get<ChatChanges>(
        withQuery("/api/chat/changes", { since }),
      );
      const first = since === undefined;
      since = changes.next;
      if (first) return;
      if (changes.all || changes.conversationIds.length > 0) lookAgain(queries, changes);
    }
    // What fails is asked the next time, from the same number on.
    const again = () => void ask().catch(() => undefined);
    again();
    const timer = setInterval(again, PAUSE);
    return () => clearInterval(timer);
  }, [queries]);
}
