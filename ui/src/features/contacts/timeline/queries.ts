import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../../api/client";
import type { SessionEvents, Timeline } from "../../../api/model";
import { CONTACTS_KEY } from "../queries";

function pathOf(contactId: string): string {
  return `/api/contacts/${encodeURIComponent(contactId)}`;
}

export function timelineQuery(contactId: string) {
  return infiniteQueryOptions({
    queryKey: [...CONTACTS_KEY, "timeline", contactId],
    queryFn: ({ pageParam, signal }) =>
      api.get<Timeline>(
        withQuery(`${pathOf(contactId)}/timeline`, { before: pageParam, limit: "20" }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function sessionEventsQuery(contactId: string, sessionId: string) {
  const path = `${pathOf(contactId)}/sessions/${encodeURIComponent(sessionId)}/events`;
  return infiniteQueryOptions({
    queryKey: [...CONTACTS_KEY, "events", contactId, sessionId],
    queryFn: ({ pageParam, signal }) =>
      api.get<SessionEvents>(
        withQuery(path, { before: pageParam, limit: "100" }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function streamAddress(contactId: string): string {
  return `${pathOf(contactId)}/stream`;
}
