import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../../api/client";
import type { ChatMedia } from "../../../api/model";

const LOOK_AGAIN = 4_000;

/** By the message's id, or that of an upload. */
export function mediaPath(id: string): string {
  return `/api/chat/media/${encodeURIComponent(id)}`;
}

/** Whether a file is here, asked again for as long as it is on its way. */
export function mediaStateQuery(id: string) {
  return queryOptions({
    queryKey: ["chat-media", id],
    queryFn: ({ signal }) => api.get<ChatMedia>(`${mediaPath(id)}/state`, signal),
    refetchInterval: ({ state }) =>
      state.data?.state === "waiting" ? LOOK_AGAIN : false,
    retry: false,
    gcTime: 0,
  });
}

export function useFetchAgain(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<ChatMedia>(`${mediaPath(id)}/retry`),
    onSuccess: (media) => {
      queries.setQueryData(mediaStateQuery(id).queryKey, media);
    },
  });
}
