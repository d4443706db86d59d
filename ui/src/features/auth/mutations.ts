import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Login, Me } from "../../api/model";
import { meQuery } from "../../api/queries";

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (login: Login) => api.post<Me>("/api/login", login),
    onSuccess: (me) => {
      // Nothing that another person has loaded in this tab may be seen by this one.
      queries.clear();
      queries.setQueryData(meQuery().queryKey, me);
    },
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => api.post<undefined>("/api/logout") });
}
