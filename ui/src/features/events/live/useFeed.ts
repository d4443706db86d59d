import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useState } from "react";

import { withQuery } from "../../../api/client";
import { keepFollowing } from "../../../lib/eventStream";
import type { SocketStatus } from "../../../lib/socket";
import { EMPTY, itemOf, step, type Item } from "./feed";

interface Asked {
  tenantId: string;
  site: string | undefined;
  eventType: string | undefined;
}

/** Events that were there before, so that the screen does not begin empty. */
const LAST = "50";
/** Rows are drawn some at a time: nobody reads faster. */
const DRAW_PAUSE = 200;

export function useFeed({ tenantId, site, eventType }: Asked) {
  const queries = useQueryClient();
  const [feed, dispatch] = useReducer(step, EMPTY);
  const [status, setStatus] = useState<SocketStatus>("connecting");

  useEffect(() => {
    let came: Item[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;

    function draw(): void {
      timer = undefined;
      dispatch({ do: "add", items: came });
      came = [];
    }

    const path = "/tracking-v2/stream";
    const asked = { tenantId, siteId: site, eventType, last: LAST };
    const close = keepFollowing(withQuery(path, asked), {
      onBlock: (block) => {
        const item = itemOf(block);
        if (item === undefined) return;
        came.push(item);
        timer ??= setTimeout(draw, DRAW_PAUSE);
      },
      onStatus: setStatus,
      // Whoever is signed out is led to the door by the next answer.
      onSignIn: () => void queries.invalidateQueries(),
    });
    return () => {
      close();
      clearTimeout(timer);
      dispatch({ do: "clear" });
    };
  }, [queries, tenantId, site, eventType]);

  return { feed, dispatch, status };
}
