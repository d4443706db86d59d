import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Tenant, ChangeTenant } from "../../api/model";
import { meQuery } from "../../api/queries";

export function useUpdateTenant() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changes: ChangeTenant) => api.patch<Tenant>("/api/tenant", changes),
    onSuccess: async (tenant) => {
      queries.setQueryData(meQuery().queryKey, (me) => me && { ...me, tenant });
      // Another zone moves the border of every day.
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== "me",
      });
    },
  });
}
