/** Sales and payments, for the fake Pista. */
import type {
  NewPaymentAccount,
  NewSale,
  PaymentAccount,
  SaleDetail,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeSales {
  items: SaleDetail[];
  accounts: PaymentAccount[];
}

const AT = "2026-03-14T12:00:00Z";

export function makeAccount(changes: Partial<PaymentAccount> = {}): PaymentAccount {
  return {
    id: crypto.randomUUID(),
    gateway: "static",
    name: "Caja",
    enabled: true,
    preferred: true,
    pixKey: null,
    merchantName: null,
    city: null,
    customerId: null,
    payerEmail: null,
    hasAccessToken: false,
    hasWebhookSecret: false,
    noticeUrl: "https://pista.example/webhooks/payments/x",
    pausedReason: null,
    checkedAt: null,
    lastNoticeAt: null,
    createdAt: AT,
    ...changes,
  };
}

export function makeSale(changes: Partial<SaleDetail> = {}): SaleDetail {
  return {
    id: crypto.randomUUID(),
    status: "paid",
    amountCents: 1999,
    refundedCents: 0,
    currency: "BRL",
    description: "Roses",
    source: "pix",
    sourceId: null,
    externalId: "1001",
    contactId: "cntct_a",
    contactName: "Ana Flores",
    personId: null,
    channelId: null,
    visitorId: null,
    items: [],
    buyer: {},
    test: false,
    occurredAt: AT,
    createdAt: AT,
    paidAt: AT,
    expiresAt: null,
    version: 2,
    pageUrl: null,
    clickToken: null,
    changes: [
      {
        id: 1,
        move: "pay",
        fromStatus: "pending",
        toStatus: "paid",
        at: AT,
        amountCents: 1999,
        actorKind: "gateway",
        actorId: null,
        actorName: null,
        why: null,
        evidence: { endToEndId: "E123" },
      },
    ],
    refunds: [],
    charges: [],
    ...changes,
  };
}

export function makeSales(changes: Partial<FakeSales> = {}): FakeSales {
  return { items: [makeSale()], accounts: [], ...changes };
}

export function sales(state: FakeSales, request: Request): Answer | undefined {
  const { method, path, query } = request;
  if (path.startsWith("/api/payments/accounts")) return accounts(state, request);
  if (path === "/api/payments/pix") return asked(state, request);
  if (path !== "/api/sales" && !path.startsWith("/api/sales/")) return undefined;
  if (path === "/api/sales" && method === "GET") {
    const status = query.get("status");
    const items = state.items.filter((one) => status === null || one.status === status);
    return { status: 200, body: { items, next: null, totals: totals(items) } };
  }
  if (path === "/api/sales") {
    const { amount, currency, status, buyer } = request.body as NewSale;
    const told = { ...buyer, name: buyer?.name ?? null };
    const made = makeSale({ status, amountCents: amount, currency, buyer: told });
    state.items.unshift(made);
    return { status: 201, body: made };
  }
  const [, id, what] = /^\/api\/sales\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const sale = state.items.find((one) => one.id === id);
  if (sale === undefined) return { status: 404 };
  if (what === "paid") sale.status = "paid";
  if (what === "cancel") sale.status = "canceled";
  const { kind } = (request.body ?? {}) as { kind?: string };
  if (what === "refund" && kind === "reversal") {
    sale.refundedCents = 0;
    sale.status = "paid";
  } else if (what === "refund") {
    sale.refundedCents += (request.body as { amount: number }).amount;
    const whole = sale.refundedCents === sale.amountCents;
    sale.status = whole ? "refunded" : "partly_refunded";
  }
  return { status: 200, body: sale };
}

function totals(items: readonly SaleDetail[]) {
  const sum = (some: readonly SaleDetail[]) =>
    some.reduce((all, one) => all + one.amountCents, 0);
  const paid = items.filter((one) => one.status === "paid");
  const pending = items.filter((one) => one.status === "pending");
  if (items.length === 0) return [];
  return [
    {
      currency: "BRL",
      sales: items.length,
      paid: paid.length,
      paidCents: sum(paid),
      refundedCents: 0,
      pending: pending.length,
      pendingCents: sum(pending),
    },
  ];
}

function asked(state: FakeSales, { body }: Request): Answer {
  if (state.accounts.length === 0) {
    return { status: 409, body: { code: "no_payment_account", detail: "No account." } };
  }
  const { amount } = body as { amount: number };
  const made = makeSale({ status: "pending", amountCents: amount });
  state.items.unshift(made);
  return { status: 201, body: { saleId: made.id } };
}

function accounts(state: FakeSales, { method, path, body }: Request): Answer {
  if (path.endsWith("/notices")) return { status: 200, body: { items: [] } };
  if (path.endsWith("/address")) {
    const account = state.accounts.find(({ id }) => path.includes(id));
    if (account === undefined) return { status: 404 };
    account.noticeUrl += "-new";
    return { status: 200, body: account };
  }
  if (method === "PATCH") {
    const account = state.accounts.find(({ id }) => path.endsWith(id));
    if (account === undefined) return { status: 404 };
    return { status: 200, body: Object.assign(account, body) };
  }
  if (method === "GET") return { status: 200, body: { items: state.accounts } };
  const { gateway, name, pixKey } = body as NewPaymentAccount;
  const made = makeAccount({
    gateway,
    name,
    preferred: state.accounts.length === 0,
    pixKey: pixKey ?? null,
  });
  state.accounts.push(made);
  return { status: 201, body: made };
}
