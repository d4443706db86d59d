import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { ContactErasure, ContactErasures } from "../../api/model";

const PATH = "/api/privacy/contact-erasures";
const KEY = ["privacy", "contact-erasures"] as const;

/** What is asked to be erased; while something is under way it moves by itself. */
export function contactErasuresQuery() {
  return queryOptions({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<ContactErasures>(PATH, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ finishedAt }) => finishedAt === null) === true
        ? 1_500
        : false,
  });
}

export function useEraseContact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (contactId: string) => api.post<ContactErasure>(PATH, { contactId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function exportAddress(contactId: string): string {
  return `/api/privacy/contacts/${encodeURIComponent(contactId)}`;
}
