import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { LiveEvent } from "../../../api/model";
import { keepFollowing } from "../../../lib/eventStream";
import type { SocketStatus } from "../../../lib/socket";
import { throttle } from "../../../lib/throttle";
import { contactQuery } from "../queries";
import { streamAddress, timelineQuery } from "./queries";

/** As many as a screen shows; by then the server's own answer has the others. */
const MOST = 200;
/** What has just come is in the server's answer after a moment. */
const REFETCH_PAUSE = 4_000;

/** What the contact does while somebody looks. */
export function useContactStream(contactId: string) {
  const queries = useQueryClient();
  const [live, setLive] = useState<readonly LiveEvent[]>([]);
  const [status, setStatus] = useState<SocketStatus>("connecting");

  useEffect(() => {
    const refetch = () =>
      void queries.invalidateQueries({ queryKey: timelineQuery(contactId).queryKey });
    const refetchSoon = throttle(refetch, REFETCH_PAUSE);
    const close = keepFollowing(streamAddress(contactId), {
      onBlock: ({ event, data }) => {
        switch (event) {
          case "event":
            setLive((known) => [...known, data as LiveEvent].slice(-MOST));
            refetchSoon();
            return;
          case "changed":
            // A browser may be somebody else's by now, with what it has just done.
            setLive([]);
            void queries.invalidateQueries({
              queryKey: contactQuery(contactId).queryKey,
            });
            refetch();
            return;
          case "gap":
          case "skipped":
            refetchSoon();
            return;
          default:
          // Of a newer server: the next refetch will show it.
        }
      },
      onStatus: setStatus,
      // Whoever is signed out is led to the door by the next answer.
      onSignIn: () => void queries.invalidateQueries(),
    });
    return () => {
      close();
      setLive([]);
    };
  }, [queries, contactId]);

  return { live, status };
}
