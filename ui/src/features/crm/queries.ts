import {
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";

import { api, ApiError } from "../../api/client";
import type {
  ChangeWebhookSource,
  LastPayload,
  ListedSource,
  ListedSources,
  MadeWebhookSource,
  NewSourceSecret,
  NewWebhookSource,
  PersonRead,
  ReceivedDetail,
  ReceivedWebhook,
  ReceivedWebhooks,
  ReplayedWebhooks,
  SaleMapping,
  SaleRead,
  SourceMapping,
} from "../../api/model";

const PATH = "/api/webhook-sources";
const LOOK_AGAIN = 5_000;

export function sourcesQuery() {
  return queryOptions({
    queryKey: ["crm", "sources"],
    queryFn: ({ signal }) => api.get<ListedSources>(PATH, signal),
    refetchInterval: LOOK_AGAIN,
  });
}

/** What a source sent lately; looked at every few seconds, or more often while somebody waits. */
export function receivedQuery(sourceId: string, everyMs = LOOK_AGAIN) {
  return queryOptions({
    queryKey: ["crm", "received", sourceId],
    queryFn: ({ signal }) =>
      api.get<ReceivedWebhooks>(`${PATH}/${sourceId}/webhooks`, signal),
    refetchInterval: everyMs,
  });
}

/** One webhook; asked for again until it is worked off. */
export function oneReceivedQuery(sourceId: string, { id }: Pick<ReceivedWebhook, "id">) {
  return queryOptions({
    queryKey: ["crm", "one", sourceId, id],
    queryFn: ({ signal }) =>
      api.get<ReceivedDetail>(`${PATH}/${sourceId}/webhooks/${id}`, signal),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? 1_000 : false),
  });
}

export function lastPayloadQuery(sourceId: string) {
  return queryOptions({
    queryKey: ["crm", "last", sourceId],
    queryFn: ({ signal }) => api.get<LastPayload>(`${PATH}/${sourceId}/last`, signal),
    refetchInterval: ({ state }) =>
      state.data?.receivedAt === null ? LOOK_AGAIN : false,
  });
}

/** What the last payload would say of a sale. */
export function salePreviewQuery(id: string, mapping: SaleMapping | null) {
  return queryOptions({
    queryKey: ["crm", "sale-preview", id, mapping],
    queryFn: () => api.post<SaleRead>(`${PATH}/${id}/sale-mapping`, { mapping }),
    placeholderData: (before: SaleRead | undefined) => before,
  });
}

export function previewQuery(sourceId: string, mapping: SourceMapping) {
  return queryOptions({
    queryKey: ["crm", "preview", sourceId, mapping],
    queryFn: () => api.post<PersonRead>(`${PATH}/${sourceId}/mapping`, { mapping }),
    placeholderData: (before: PersonRead | undefined) => before,
  });
}

/** Secrets that this page was told, until it is closed: the server tells each once. */
function secretKey(sourceId: string) {
  return ["crm-secret", sourceId];
}

function keepSecret(queries: QueryClient, sourceId: string, secret: string): void {
  queries.setQueryDefaults(secretKey(sourceId), { gcTime: Infinity });
  queries.setQueryData(secretKey(sourceId), secret);
}

export function useSecret(sourceId: string): string | undefined {
  const queries = useQueryClient();
  const told = useQuery<string>({
    queryKey: secretKey(sourceId),
    queryFn: () => queries.getQueryData<string>(secretKey(sourceId)) ?? "",
    enabled: false,
  });
  return told.data;
}

export function useMakeSource() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: NewWebhookSource) => api.post<MadeWebhookSource>(PATH, wanted),
    onSuccess: async ({ id, secret }) => {
      keepSecret(queries, id, secret);
      await queries.invalidateQueries({ queryKey: sourcesQuery().queryKey });
    },
  });
}

export function useNewSecret(sourceId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<NewSourceSecret>(`${PATH}/${sourceId}/secret`),
    onSuccess: ({ secret }) => {
      keepSecret(queries, sourceId, secret);
    },
  });
}

export function useChangeSource(sourceId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changes: ChangeWebhookSource) =>
      api.patch(`${PATH}/${sourceId}`, changes),
    onSettled: () => queries.invalidateQueries({ queryKey: ["crm"] }),
  });
}

export function useDeleteSource(sourceId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`${PATH}/${sourceId}`),
    onSettled: () => queries.invalidateQueries({ queryKey: sourcesQuery().queryKey }),
  });
}

export function useRetryReceived(sourceId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`${PATH}/${sourceId}/webhooks/${id}/retry`),
    onSettled: () => queries.invalidateQueries({ queryKey: ["crm"] }),
  });
}

export function useReplay(sourceId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) =>
      api.post<ReplayedWebhooks>(`${PATH}/${sourceId}/replay`, { ids }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["crm"] }),
  });
}

/** In by the real door, as the CRM would. */
export function useSendSample(source: ListedSource) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ secret, body }: { secret: string; body: object }) =>
      knock(source.path, secret, body),
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: receivedQuery(source.id).queryKey }),
  });
}

async function knock(path: string, secret: string, body: object): Promise<void> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Webhook-Secret": secret },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  const problem = (await response.json()) as { code?: string; detail?: string };
  throw new ApiError(response.status, problem.code ?? "", problem.detail ?? "");
}
