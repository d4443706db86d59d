/** The socket brings news; here the screen is brought up to date. */
import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";

import { knock } from "../api/client";
import { sitesQuery } from "../api/queries";
import { ALERTS_KEY } from "../features/alerts/queries";
import { CONVERSIONS_KEY } from "../features/conversions/queries";
import { CONTACTS_KEY } from "../features/contacts/queries";
import { CLIENTE_IMPORTS_KEY } from "../features/desk/imports/queries";
import { IMPORTS_KEY } from "../features/contacts-import/queries";
import { deskNewsFor, heardSeq, resumption, type DeskNews } from "../features/desk/news";
import { BREAKDOWN_KEY } from "../features/events/queries";
import { hearPresence, type PresenceNews } from "../features/inbox/presence";
import { lookAgain } from "../features/inbox/queries";
import { LINKS_KEY } from "../features/links/queries";
import { LINKING_KEY } from "../features/linking/queries";
import { NOW_KEY, STATS_KEY } from "../features/overview/queries";
import { REPORT_KEY } from "../features/report/queries";
import { SALES_KEY } from "../features/sales/queries";
import { isLost, useConnection, type Connection } from "../lib/connection";
import { refetch } from "../lib/refetch";
import { serverNow } from "../lib/serverClock";
import { keepOpen, socketAddress, type Kept, type SocketStatus } from "../lib/socket";
import { throttle } from "../lib/throttle";

export type News =
  | { type: "hello"; tenantId: string; seq?: number }
  | { type: "still_here" }
  | { type: "events_flushed"; tenantId: string; events: number; at: string }
  | { type: "site_first_event"; tenantId: string; siteId: string; at: string }
  | {
      type: "alert_changed";
      tenantId: string;
      ruleId: string;
      state: string;
      at: string;
    }
  | {
      type: "contact_import";
      tenantId: string;
      importId: string;
      state: string;
      rows: number;
      rowsDone: number;
    }
  | {
      type: "cliente_import";
      tenantId: string;
      importId: string;
      state: string;
      rows: number;
      rowsDone: number;
    }
  | {
      type: "destination_changed";
      tenantId: string;
      destinationId: string;
      state: string;
      at: string;
    }
  | { type: "contact_changed"; tenantId: string; contactId: string; at: string }
  | {
      type: "visitor_linked";
      tenantId: string;
      visitorId: string;
      contactId: string;
      outcome: string;
      at: string;
    }
  | { type: "link_reviews_changed"; tenantId: string; at: string }
  | { type: "links_counted"; tenantId: string; at: string }
  | { type: "report_changed"; tenantId: string }
  | { type: "sale_changed"; tenantId: string; saleId: string; status: string; at: string }
  | {
      type: "chat_changed";
      tenantId: string;
      conversationIds: readonly string[];
      at: string;
    }
  | ({ type: "chat_presence"; tenantId: string } & PresenceNews)
  | DeskNews;

export function isNews(message: unknown): message is News {
  return (
    typeof message === "object" &&
    message !== null &&
    "type" in message &&
    typeof message.type === "string"
  );
}

/** Under load there is news many times a second; nobody reads that fast. */
const NOW_PAUSE = 1_000;
const STATS_PAUSE = 3_000;
const BREAKDOWN_PAUSE = 5_000;
const ALERTS_PAUSE = 500;
const CONTACTS_PAUSE = 1_000;
const CHAT_PAUSE = 250;

export function newsFor(queries: QueryClient): (news: News) => void {
  const look = (queryKey: readonly unknown[]) => {
    // What has failed is left to its own retries: asking it again at each piece of
    // news would hide from the user that it fails.
    refetch(queries, { queryKey, predicate: ({ state }) => state.data !== undefined });
  };
  const countNow = throttle(() => look(NOW_KEY), NOW_PAUSE);
  const countPeriod = throttle(() => look(STATS_KEY), STATS_PAUSE);
  const breakDown = throttle(() => look(BREAKDOWN_KEY), BREAKDOWN_PAUSE);
  const lookAtSites = throttle(() => look(sitesQuery().queryKey), STATS_PAUSE);

  const lookAtAlerts = throttle(() => look(ALERTS_KEY), ALERTS_PAUSE);
  const lookAtImports = throttle(() => look(IMPORTS_KEY), ALERTS_PAUSE);
  const lookAtFiles = throttle(() => look(CLIENTE_IMPORTS_KEY), ALERTS_PAUSE);
  const lookAtConversions = throttle(() => look(CONVERSIONS_KEY), ALERTS_PAUSE);
  const lookAtContacts = throttle(() => look(CONTACTS_KEY), CONTACTS_PAUSE);
  const lookAtLinks = throttle(() => look(LINKING_KEY), CONTACTS_PAUSE);
  const countLinks = throttle(() => look(LINKS_KEY), NOW_PAUSE);
  const report = throttle(() => look(REPORT_KEY), BREAKDOWN_PAUSE);
  const lookAtSales = throttle(() => look(SALES_KEY), ALERTS_PAUSE);
  const hearDesk = deskNewsFor(queries);
  const talked = new Set<string>();
  let talkedAll = false;
  const lookAtTalks = throttle(() => {
    lookAgain(queries, { conversationIds: talkedAll ? [] : [...talked] });
    talked.clear();
    talkedAll = false;
  }, CHAT_PAUSE);

  return (news) => {
    switch (news.type) {
      case "hello":
      case "still_here":
        return;
      case "events_flushed":
        countNow();
        countPeriod();
        breakDown();
        lookAtSites();
        return;
      case "site_first_event":
        lookAtSites();
        countNow();
        return;
      case "alert_changed":
        lookAtAlerts();
        return;
      case "destination_changed":
        lookAtConversions();
        return;
      case "contact_import":
        lookAtImports();
        if (news.state !== "running") lookAtContacts();
        return;
      case "cliente_import":
        lookAtFiles();
        return;
      case "contact_changed":
      case "visitor_linked":
        lookAtContacts();
        lookAtLinks();
        return;
      case "links_counted":
        countLinks();
        return;
      case "report_changed":
        report();
        return;
      case "sale_changed":
        lookAtSales();
        return;
      case "link_reviews_changed":
        lookAtLinks();
        return;
      case "chat_changed":
        for (const id of news.conversationIds) talked.add(id);
        talkedAll ||= news.conversationIds.length === 0;
        lookAtTalks();
        return;
      case "chat_presence":
        hearPresence(queries, news);
        return;
      case "CLIENT_CREATED":
      case "CLIENT_UPDATED":
      case "CLIENT_REASSIGNED":
      case "CLIENT_IN_GESTION":
      case "CLIENT_COMPLETED":
      case "CLIENT_RETURNED_TO_GTR":
      case "CLIENTES_IMPORTED":
      case "CLIENT_ACTIVITY":
      case "CLIENT_LOCK":
      case "DESK_SETTINGS":
      case "ASESOR_PRESENCE":
      case "desk_resumed":
      case "desk_resync":
        hearDesk(news);
        return;
      default:
        // News from a newer server: the next refetch will show it.
        news satisfies never;
    }
  };
}

interface Heard {
  status: SocketStatus;
  lostAt: number | undefined;
}

/** Keeps the screen up to date for as long as it is open. */
export function useLive(queries: QueryClient, onSignIn: () => void): Connection {
  const [{ status, lostAt }, setHeard] = useState<Heard>({
    status: "connecting",
    lostAt: undefined,
  });
  const kept = useRef<Kept>(undefined);
  useEffect(() => {
    const apply = newsFor(queries);
    kept.current = keepOpen(socketAddress("/ws"), {
      onMessage: (message, say) => {
        if (!isNews(message)) return;
        // An open screen is somebody at work.
        if (message.type === "still_here") say({ type: "here" });
        if ("seq" in message) heardSeq(message.seq);
        apply(message);
      },
      onStatus: (next, heardAt) =>
        setHeard({
          status: next,
          lostAt: isLost(next) ? serverNow() - Date.now() + heardAt : undefined,
        }),
      onReturn: (say) => {
        const wanted = resumption();
        if (wanted !== undefined) say(wanted);
        void queries.invalidateQueries();
      },
      onSignIn,
    });
    return () => kept.current?.close();
  }, [queries, onSignIn]);
  const connection = useMemo(
    () => ({ status, lostAt, tryNow: () => kept.current?.tryNow() }),
    [status, lostAt],
  );
  useMeanwhile(queries, connection);
  return connection;
}

const MEANWHILE = 15_000;

/** Without news the server is asked now and then, which also says whether it is there at all. */
function useMeanwhile(queries: QueryClient, { status, tryNow }: Connection): void {
  const lost = status === "reconnecting";
  const again = useRef(tryNow);
  useEffect(() => {
    again.current = tryNow;
  });
  useEffect(() => {
    if (!lost) return undefined;
    async function look(): Promise<void> {
      if (!(await knock())) return;
      void queries.invalidateQueries();
      again.current();
    }
    const first = setTimeout(() => void look(), 1_000);
    const timer = setInterval(() => void look(), MEANWHILE);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [lost, queries]);
}

export function useLiveStatus(): SocketStatus {
  return useConnection().status;
}
