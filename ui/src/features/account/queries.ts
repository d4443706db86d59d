import { useMutation } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { ChangePassword } from "../../api/model";

export function useChangePassword() {
  return useMutation({
    mutationFn: (request: ChangePassword) =>
      api.post<undefined>("/api/me/password", request),
  });
}
