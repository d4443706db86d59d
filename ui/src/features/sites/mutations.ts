import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { NewSite, Site, ChangeSite } from "../../api/model";
import { sitesQuery } from "../../api/queries";

export function useCreateSite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (site: NewSite) => api.post<Site>("/api/sites", site),
    onSuccess: (site) => putSite(queries, site),
  });
}

export function useUpdateSite(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changes: ChangeSite) => api.patch<Site>(`/api/sites/${id}`, changes),
    onSuccess: (site) => putSite(queries, site),
  });
}

/** Shows the site as the server has it now, in its old place or as the last. */
function putSite(queries: QueryClient, site: Site): void {
  queries.setQueryData(sitesQuery().queryKey, (sites) => {
    const items = sites?.items ?? [];
    return items.some(({ id }) => id === site.id)
      ? { items: items.map((one) => (one.id === site.id ? site : one)) }
      : { items: [...items, site] };
  });
}
