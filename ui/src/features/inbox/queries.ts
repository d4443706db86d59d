import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type {
  ChatColleagues,
  ChatDraft,
  ChatMessage,
  ChatMessages,
  ChatNote,
  ChatPresence,
  ChatRead,
  ChatSending,
  ChatTemplates,
  ChatUnread,
  Conversation,
  Conversations,
  QuickReplies,
  SendMessage,
} from "../../api/model";
import { refetch } from "../../lib/refetch";
import type { InboxFilters } from "./filters";

/** Everything of the inbox begins with this key. */
export const INBOX_KEY = ["inbox"] as const;
export const LISTS_KEY = [...INBOX_KEY, "lists"] as const;
const UNREAD_KEY = [...INBOX_KEY, "unread"] as const;

const PATH = "/api/chat/conversations";

export function pathOf(conversation: string): string {
  return `${PATH}/${encodeURIComponent(conversation)}`;
}

export function conversationsQuery({ box, status, unread, channel, q }: InboxFilters) {
  const values = {
    // A search looks at closed ones too.
    status: status ?? (q === undefined ? "open" : undefined),
    assigned: box === "mine" ? "me" : box,
    unread: unread === true ? "true" : undefined,
    channelId: channel,
    q: q?.trim(),
  };
  return infiniteQueryOptions({
    queryKey: [...LISTS_KEY, values],
    queryFn: ({ pageParam, signal }) =>
      api.get<Conversations>(withQuery(PATH, { ...values, before: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Those with one contact, for its page. */
export function talksOfQuery(contactId: string) {
  return queryOptions({
    queryKey: [...LISTS_KEY, "contact", contactId],
    queryFn: ({ signal }) =>
      api.get<Conversations>(withQuery(PATH, { contactId, limit: "20" }), signal),
  });
}

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: [...INBOX_KEY, "one", id],
    queryFn: ({ signal }) => api.get<Conversation>(pathOf(id), signal),
  });
}

export function messagesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...INBOX_KEY, "messages", id],
    queryFn: ({ pageParam, signal }) =>
      api.get<ChatMessages>(
        withQuery(`${pathOf(id)}/messages`, { before: pageParam, limit: "50" }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function unreadQuery() {
  return queryOptions({
    queryKey: UNREAD_KEY,
    queryFn: ({ signal }) => api.get<ChatUnread>("/api/chat/unread", signal),
  });
}

export function colleaguesQuery() {
  return queryOptions({
    queryKey: [...INBOX_KEY, "colleagues"],
    queryFn: ({ signal }) => api.get<ChatColleagues>("/api/chat/colleagues", signal),
    staleTime: 5 * 60_000,
  });
}

export function quickRepliesQuery() {
  return queryOptions({
    queryKey: [...INBOX_KEY, "quick"],
    queryFn: ({ signal }) => api.get<QuickReplies>("/api/chat/quick-replies", signal),
    staleTime: 60_000,
  });
}

/** Files that wait to be sent in a conversation: of this page alone. */
export function attachedKey(id: string) {
  return [...INBOX_KEY, "attached", id] as const;
}

/** Who else is at a conversation; news of the socket keeps it up to date. */
export function presenceKey(id: string) {
  return [...INBOX_KEY, "presence", id] as const;
}

export interface Changed {
  conversationIds: readonly string[];
}

/** Fetches what changed of these conversations; of all that is shown, if none is named. */
export function lookAgain(queries: QueryClient, { conversationIds }: Changed): void {
  refetch(queries, { queryKey: LISTS_KEY });
  refetch(queries, { queryKey: UNREAD_KEY });
  if (conversationIds.length === 0) {
    refetch(queries, { queryKey: [...INBOX_KEY, "one"] });
    refetch(queries, { queryKey: [...INBOX_KEY, "messages"] });
  }
  for (const id of conversationIds) {
    refetch(queries, { queryKey: [...INBOX_KEY, "one", id] });
    refetch(queries, { queryKey: [...INBOX_KEY, "messages", id] });
  }
}

export function useMarkRead(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (through: number) =>
      api.post<ChatRead>(`${pathOf(id)}/read`, { through }),
    onSuccess: () => lookAgain(queries, { conversationIds: [id] }),
  });
}

export interface Assignment {
  userId: string | null;
  expected: string | null;
}

export function useAssign(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (to: Assignment) => api.put<Conversation>(`${pathOf(id)}/assignment`, to),
    // Refused means that somebody was faster: look who.
    onSettled: () => lookAgain(queries, { conversationIds: [id] }),
  });
}

export function useSetStatus(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (status: "open" | "closed") =>
      api.put<Conversation>(`${pathOf(id)}/status`, { status }),
    onSuccess: (changed) => {
      queries.setQueryData(conversationQuery(id).queryKey, changed);
    },
    onSettled: () => lookAgain(queries, { conversationIds: [id] }),
  });
}

export function useAddNote(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => api.post<ChatNote>(`${pathOf(id)}/notes`, { text }),
    onSuccess: () => lookAgain(queries, { conversationIds: [id] }),
  });
}

export function useDropNote(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => api.delete(`${pathOf(id)}/notes/${note}`),
    onSettled: () => lookAgain(queries, { conversationIds: [id] }),
  });
}

interface NewMessage {
  /** The same for each attempt: sent once. */
  key: string;
  body: SendMessage;
}

export function useSend(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, body }: NewMessage) =>
      api.post<ChatMessage>(`${pathOf(id)}/messages`, body, { "Idempotency-Key": key }),
    onSettled: () => lookAgain(queries, { conversationIds: [id] }),
  });
}

/** The company's one reaction to a message; null takes it back. */
export function useReact(id: string, message: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (emoji: string | null) =>
      api.put(`${pathOf(id)}/messages/${message}/reaction`, { emoji }),
    onSettled: () => lookAgain(queries, { conversationIds: [id] }),
  });
}

export function useResend(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (message: string) =>
      api.post<ChatMessage>(`${pathOf(id)}/messages/${message}/resend`),
    onSettled: () => lookAgain(queries, { conversationIds: [id] }),
  });
}

export function keepDraft(id: string, text: string): Promise<ChatDraft> {
  return api.put<ChatDraft>(`${pathOf(id)}/draft`, { text, revision: Date.now() });
}

export function sayPresence(
  id: string,
  doing: "typing" | "looking" | "gone",
  takeOver = false,
): Promise<ChatPresence> {
  return api.post<ChatPresence>(`${pathOf(id)}/typing`, { doing, takeOver });
}

function templatesPath(channel: string): string {
  return `/api/chat/channels/${encodeURIComponent(channel)}/templates`;
}

export function templatesQuery(channel: string) {
  return queryOptions({
    queryKey: [...INBOX_KEY, "templates", channel],
    queryFn: ({ signal }) => api.get<ChatTemplates>(templatesPath(channel), signal),
    staleTime: 60_000,
    retry: false,
  });
}

/** Asks the platform itself, and not what was kept of its last answer. */
export function useFreshTemplates(channel: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api.get<ChatTemplates>(withQuery(templatesPath(channel), { fresh: "true" })),
    onSuccess: (templates) => {
      queries.setQueryData(templatesQuery(channel).queryKey, templates);
    },
  });
}

const SENDING_EVERY = 15_000;

/** How each number and bot sends right now. */
export function sendingQuery() {
  return queryOptions({
    queryKey: [...INBOX_KEY, "sending"],
    queryFn: ({ signal }) => api.get<ChatSending>("/api/chat/sending", signal),
    refetchInterval: SENDING_EVERY,
  });
}

export function useResume() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (channel: string) =>
      api.post<ChatSending>(`/api/chat/channels/${encodeURIComponent(channel)}/resume`),
    onSuccess: (sending) => {
      queries.setQueryData(sendingQuery().queryKey, sending);
    },
  });
}
