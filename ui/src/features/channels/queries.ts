import {
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api } from "../../api/client";
import type {
  ChangeChannel,
  Channel,
  ChannelCheck,
  Channels,
  MadeChannel,
  NewTelegram,
  NewWhatsApp,
} from "../../api/model";

const PATH = "/api/chat/channels";
const LOOK_AGAIN = 10_000;

export function channelsQuery() {
  return queryOptions({
    queryKey: ["channels"],
    queryFn: ({ signal }) => api.get<Channels>(PATH, signal),
    refetchInterval: LOOK_AGAIN,
  });
}

/** Asks the platform itself, so it is asked when somebody looks, and not by the clock. */
export function checkQuery(id: string) {
  return queryOptions({
    queryKey: ["channel-check", id],
    queryFn: async ({ client }) => {
      const check = await api.post<ChannelCheck>(`${PATH}/${id}/check`);
      // Above it stands when the last message came, which is not to be older.
      void client.invalidateQueries({ queryKey: channelsQuery().queryKey });
      return check;
    },
    staleTime: 30_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

/** Verify tokens that this page was told, until it is closed: the server tells each once. */
function tokenKey(id: string) {
  return ["channel-verify-token", id];
}

function keepToken(queries: QueryClient, id: string, token: string | null): void {
  if (token === null) return;
  queries.setQueryDefaults(tokenKey(id), { gcTime: Infinity });
  queries.setQueryData(tokenKey(id), token);
}

export function useVerifyToken(id: string): string | undefined {
  const queries = useQueryClient();
  const told = useQuery<string>({
    queryKey: tokenKey(id),
    queryFn: () => queries.getQueryData<string>(tokenKey(id)) ?? "",
    enabled: false,
  });
  return told.data;
}

export function useAddWhatsApp() {
  return useAdd<NewWhatsApp>("whatsapp");
}

export function useAddTelegram() {
  return useAdd<NewTelegram>("telegram");
}

function useAdd<Wanted>(platform: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => api.post<MadeChannel>(`${PATH}/${platform}`, wanted),
    onSuccess: async ({ id, verifyToken }) => {
      keepToken(queries, id, verifyToken);
      await queries.invalidateQueries({ queryKey: channelsQuery().queryKey });
    },
  });
}

export function useNewVerifyToken(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<{ verifyToken: string }>(`${PATH}/${id}/verify-token`),
    onSuccess: ({ verifyToken }) => {
      keepToken(queries, id, verifyToken);
    },
  });
}

export function useChangeChannel(id: string) {
  return useChanging(id, (changes: ChangeChannel) => api.patch(`${PATH}/${id}`, changes));
}

export function useAddSecret({ id }: Channel) {
  return useChanging(id, (appSecret: string | null) =>
    api.post(`${PATH}/${id}/secrets`, { appSecret }),
  );
}

export function useRemoveSecret(id: string) {
  return useChanging(id, () => api.delete(`${PATH}/${id}/secrets`));
}

export function useConnect(id: string) {
  return useChanging(id, () => api.post(`${PATH}/${id}/connect`));
}

/** Lets what waits go out, after the platform has refused all of it. */
export function useResumeChannel(id: string) {
  return useChanging(id, () => api.post(`${PATH}/${id}/resume`));
}

export function useDeleteChannel(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`${PATH}/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: channelsQuery().queryKey }),
  });
}

function useChanging<Wanted>(id: string, change: (wanted: Wanted) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: channelsQuery().queryKey }),
        queries.invalidateQueries({ queryKey: checkQuery(id).queryKey }),
      ]),
  });
}
