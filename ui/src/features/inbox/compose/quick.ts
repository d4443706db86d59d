import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../../api/client";
import type { NewQuickReply, QuickReply } from "../../../api/model";
import { quickRepliesQuery } from "../queries";

const PATH = "/api/chat/quick-replies";

export function useAddQuick() {
  return useChanging((wanted: NewQuickReply) => api.post<QuickReply>(PATH, wanted));
}

export function useChangeQuick() {
  return useChanging(({ id, ...wanted }: NewQuickReply & { id: string }) =>
    api.patch<QuickReply>(`${PATH}/${encodeURIComponent(id)}`, wanted),
  );
}

export function useDropQuick() {
  return useChanging((id: string) => api.delete(`${PATH}/${encodeURIComponent(id)}`));
}

function useChanging<Wanted, Answer>(change: (wanted: Wanted) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      queries.invalidateQueries({ queryKey: quickRepliesQuery().queryKey }),
  });
}
