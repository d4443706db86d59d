import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type {
  ChangePaymentAccount,
  ChatCharges,
  ChatPix,
  CheckedAccount,
  NewPaymentAccount,
  NewPix,
  NewSale,
  PaymentAccount,
  PaymentAccounts,
  PaymentNotices,
  Pix,
  SaleDetail,
  Sales,
} from "../../api/model";
import { addDays, startOfDay } from "../../lib/time";
import type { SaleFilters } from "./filters";

const PATH = "/api/sales";
const ACCOUNTS = "/api/payments/accounts";
export const SALES_KEY = ["sales"] as const;
const ACCOUNTS_KEY = ["payment-accounts"] as const;

export function salesQuery({ status, q, from, to }: SaleFilters, timeZone: string) {
  const asked = {
    status,
    q,
    from: from && startOfDay(timeZone, from),
    to: to && startOfDay(timeZone, addDays(to, 1)),
  };
  return infiniteQueryOptions({
    queryKey: [...SALES_KEY, "list", asked],
    queryFn: ({ signal, pageParam }) =>
      api.get<Sales>(withQuery(PATH, { ...asked, before: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function saleQuery(id: string) {
  return queryOptions({
    queryKey: [...SALES_KEY, "one", id],
    queryFn: ({ signal }) => api.get<SaleDetail>(`${PATH}/${id}`, signal),
  });
}

export function talkChargesQuery(talk: string) {
  return queryOptions({
    queryKey: [...SALES_KEY, "talk", talk],
    queryFn: ({ signal }) =>
      api.get<ChatCharges>(`/api/chat/conversations/${talk}/charges`, signal),
  });
}

/** Each by its own door but what came again: that goes by the one through which it went. */
const DOORS = {
  paid: "paid",
  cancel: "cancel",
  refund: "refund",
  won: "refund",
} as const;

export interface Done {
  what: keyof typeof DOORS;
  body: Record<string, unknown>;
}

/** What has a value of its own may be left out. */
type Given<All, Needed extends keyof All = never> = Pick<All, Needed> & Partial<All>;

export function useMoveSale(id: string) {
  return useChanging(({ what, body }: Done) =>
    api.post<SaleDetail>(`${PATH}/${id}/${DOORS[what]}`, body),
  );
}

/** The same key for the same dialog: a double click is one sale. */
export function useReportSale(key: string) {
  return useChanging((sale: Given<NewSale, "amount" | "currency">) =>
    api.post<SaleDetail>(PATH, sale, { "Idempotency-Key": key }),
  );
}

export function useAskPix(key: string) {
  return useChanging((pix: Given<NewPix>) =>
    api.post<Pix>("/api/payments/pix", pix, { "Idempotency-Key": key }),
  );
}

export function useAskInTalk(talk: string, key: string) {
  return useChanging((pix: Given<ChatPix, "amount">) =>
    api.post<Pix>(`/api/chat/conversations/${talk}/pix`, pix, {
      "Idempotency-Key": key,
    }),
  );
}

function useChanging<Wanted, Answer>(change: (wanted: Wanted) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: SALES_KEY }),
  });
}

export function accountsQuery() {
  return queryOptions({
    queryKey: ACCOUNTS_KEY,
    queryFn: ({ signal }) => api.get<PaymentAccounts>(ACCOUNTS, signal),
  });
}

export function noticesQuery(id: string) {
  return queryOptions({
    queryKey: [...ACCOUNTS_KEY, id, "notices"],
    queryFn: ({ signal }) => api.get<PaymentNotices>(`${ACCOUNTS}/${id}/notices`, signal),
  });
}

export function useAddAccount() {
  return useSettling((account: NewPaymentAccount) =>
    api.post<PaymentAccount>(ACCOUNTS, account),
  );
}

export function useChangeAccount(id: string) {
  return useSettling((change: ChangePaymentAccount) =>
    api.patch<PaymentAccount>(`${ACCOUNTS}/${id}`, change),
  );
}

export function useCheckAccount(id: string) {
  return useSettling(() => api.post<CheckedAccount>(`${ACCOUNTS}/${id}/check`));
}

export function useNewAddress(id: string) {
  return useSettling(() => api.post<PaymentAccount>(`${ACCOUNTS}/${id}/address`));
}

export function useDeleteAccount(id: string) {
  return useSettling(() => api.delete(`${ACCOUNTS}/${id}`));
}

function useSettling<Wanted, Answer>(change: (wanted: Wanted) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ACCOUNTS_KEY }),
  });
}
