import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type {
  Backfilled,
  ChangeDestination,
  ConversionDeliveries,
  ConversionDetail,
  Destination,
  Destinations,
  DestinationTested,
  NewDestination,
} from "../../api/model";
import { addDays, startOfDay } from "../../lib/time";
import type { ConversionFilters } from "./filters";

/** Everything about conversions begins with this key: news makes it all old at once. */
export const CONVERSIONS_KEY = ["conversions"] as const;

const LOG = "/api/conversions";
const PLACES = "/api/destinations";
const PAGE_SIZE = 30;
const LOOK_AGAIN = 10_000;

export function logQuery(filters: ConversionFilters, timeZone: string) {
  const { state, destination, name, q, from, to, sale } = filters;
  const asked = {
    state,
    destinationId: destination,
    name,
    q,
    from: from && startOfDay(timeZone, from),
    to: to && startOfDay(timeZone, addDays(to, 1)),
    saleId: sale,
    limit: String(PAGE_SIZE),
  };
  return infiniteQueryOptions({
    queryKey: [...CONVERSIONS_KEY, "log", asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<ConversionDeliveries>(
        withQuery(LOG, { ...asked, before: pageParam }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN,
  });
}

export function detailQuery(event: string, destination: string) {
  return queryOptions({
    queryKey: [...CONVERSIONS_KEY, "one", event, destination],
    queryFn: ({ signal }) =>
      api.get<ConversionDetail>(`${LOG}/${event}/${destination}`, signal),
    refetchInterval: ({ state }) =>
      state.data?.state === "sent" ? false : LOOK_AGAIN / 2,
  });
}

export function destinationsQuery() {
  return queryOptions({
    queryKey: [...CONVERSIONS_KEY, "destinations"],
    queryFn: ({ signal }) => api.get<Destinations>(PLACES, signal),
    refetchInterval: LOOK_AGAIN,
  });
}

/** Something done, after which everything is looked at again. */
function useDone<Variables, Result>(act: (of: Variables) => Promise<Result>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ queryKey: CONVERSIONS_KEY }),
  });
}

export function useResend(event: string, destination: string) {
  return useDone((hasLooked: boolean) =>
    api.post<undefined>(`${LOG}/${event}/${destination}/resend`, { hasLooked }),
  );
}

export function useConnect() {
  return useDone((wanted: NewDestination) => api.post<Destination>(PLACES, wanted));
}

export function useChange(id: string) {
  return useDone((change: ChangeDestination) =>
    api.patch<Destination>(`${PLACES}/${id}`, change),
  );
}

export function useDisconnect(id: string) {
  return useDone(() => api.delete(`${PLACES}/${id}`));
}

export function useTry(id: string) {
  return useDone(() => api.post<DestinationTested>(`${PLACES}/${id}/test`));
}

export function useTestEvents(id: string) {
  return useDone((code: string | null) =>
    api.put<Destination>(`${PLACES}/${id}/test-events`, { code, hours: 4 }),
  );
}

export function useBackfill(id: string) {
  return useDone(() => api.post<Backfilled>(`${PLACES}/${id}/backfill`, { days: 7 }));
}
