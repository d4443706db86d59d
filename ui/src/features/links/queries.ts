import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type {
  ChangeLink,
  Link,
  LinkDomains,
  LinkHours,
  Links,
  NewLink,
} from "../../api/model";

const PATH = "/api/links";
const DOMAINS = "/api/link-domains";
export const LINKS_KEY = ["links"] as const;
/** The news of a click may be the last of a second with more of them. */
const LOOK_AGAIN = 15_000;

export function linksQuery(archived: boolean) {
  return queryOptions({
    queryKey: [...LINKS_KEY, "list", archived],
    queryFn: ({ signal }) =>
      api.get<Links>(archived ? `${PATH}?archived=true` : PATH, signal),
    refetchInterval: LOOK_AGAIN,
  });
}

export function hoursQuery(id: string) {
  return queryOptions({
    queryKey: [...LINKS_KEY, "hours", id],
    queryFn: ({ signal }) => api.get<LinkHours>(`${PATH}/${id}/hours`, signal),
  });
}

export function domainsQuery() {
  return queryOptions({
    queryKey: [...LINKS_KEY, "domains"],
    queryFn: ({ signal }) => api.get<LinkDomains>(DOMAINS, signal),
    // What is not proven is looked for by the server, which tells nobody when it is.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ provenAt }) => provenAt === null) === true
        ? LOOK_AGAIN
        : false,
  });
}

export function pictureOf(id: string, format: "svg" | "png"): string {
  return `${PATH}/${id}/qr?format=${format}&scale=${format === "svg" ? "4" : "16"}`;
}

export function useSaveLink(id: string | undefined) {
  return useChanging((wanted: NewLink) =>
    id === undefined
      ? api.post<Link>(PATH, wanted)
      : api.patch<Link>(`${PATH}/${id}`, wanted as ChangeLink),
  );
}

/** Out of use, or back into it. */
export function useArchive() {
  return useChanging(({ id, archived }: { id: string; archived: boolean }) =>
    api.post<Link>(`${PATH}/${id}/${archived ? "archive" : "restore"}`),
  );
}

export function useAddDomain() {
  return useChanging((domain: string) => api.post<LinkDomains>(DOMAINS, { domain }));
}

export function useCheckDomain() {
  return useChanging((domain: string) =>
    api.post<LinkDomains>(`${DOMAINS}/${domain}/check`),
  );
}

export function useDropDomain() {
  return useChanging((domain: string) => api.delete(`${DOMAINS}/${domain}`));
}

function useChanging<Wanted, Done>(change: (wanted: Wanted) => Promise<Done>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: LINKS_KEY }),
  });
}
