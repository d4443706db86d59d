import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api, fetchFile, withQuery } from "../../api/client";
import type {
  ChangeContact,
  ContactDetail,
  Contacts,
  MadeContact,
  NewContact,
} from "../../api/model";
import type { ContactFilters } from "./filters";

/** Everything about contacts begins with this key: news makes it all old at once. */
export const CONTACTS_KEY = ["contacts"] as const;

const PATH = "/api/contacts";

export function contactsQuery({ q, tag, source, has }: ContactFilters) {
  const values = { q: q?.trim(), tag, source, has };
  return infiniteQueryOptions({
    queryKey: [...CONTACTS_KEY, "list", values],
    queryFn: ({ pageParam, signal }) =>
      api.get<Contacts>(withQuery(PATH, { ...values, before: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** All that the list shows with these filters, however many, as CSV. */
export function useExport({ q, tag, source, has }: ContactFilters) {
  const path = withQuery(`${PATH}/export`, { q: q?.trim(), tag, source, has });
  return useMutation({ mutationFn: () => fetchFile(path) });
}

/** A few that match, for somebody who is to choose one. */
export function fewContactsQuery(q: string) {
  return queryOptions({
    queryKey: [...CONTACTS_KEY, "few", q],
    queryFn: ({ signal }) =>
      api.get<Contacts>(withQuery(PATH, { q: q || undefined, limit: "8" }), signal),
    placeholderData: keepPreviousData,
  });
}

export function contactQuery(id: string) {
  return queryOptions({
    queryKey: [...CONTACTS_KEY, "one", id],
    queryFn: ({ signal }) =>
      api.get<ContactDetail>(`${PATH}/${encodeURIComponent(id)}`, signal),
  });
}

function lookAgain(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: CONTACTS_KEY });
}

export function useAddContact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (contact: NewContact) => api.post<MadeContact>(PATH, contact),
    onSuccess: () => lookAgain(queries),
  });
}

export function useChangeContact(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ChangeContact) =>
      api.patch<ContactDetail>(`${PATH}/${encodeURIComponent(id)}`, change),
    onSuccess: (changed) => {
      queries.setQueryData(contactQuery(id).queryKey, changed);
      return lookAgain(queries);
    },
  });
}

interface Merge {
  into: string;
  other: string;
}

export function useMerge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ into, other }: Merge) =>
      api.post<ContactDetail>(`${PATH}/${encodeURIComponent(into)}/merge`, {
        contactId: other,
      }),
    // Refused means that it is not what it seemed: look again then too.
    onSettled: () => lookAgain(queries),
  });
}

export function useUndoMerge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ contact, merge }: { contact: string; merge: string }) =>
      api.delete(`${PATH}/${encodeURIComponent(contact)}/merge/${merge}`),
    onSettled: () => lookAgain(queries),
  });
}
