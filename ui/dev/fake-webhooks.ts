/** The log of chat webhooks, for the fake Pista. */
import type { ChatWebhook, ChatWebhookDetail } from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";
import { uuid } from "./fake-messages.ts";

const PATH = "/api/chat/webhooks";
const PAGE = 25;

export interface FakeWebhooks {
  items: ChatWebhook[];
  retried: string[];
}

export function makeWebhook(
  number: number,
  fields: Partial<ChatWebhook> = {},
): ChatWebhook {
  const receivedAt = new Date(Date.parse("2025-11-30T15:00:00Z") - number * 60_000);
  return {
    id: uuid("3eb0", number),
    platform: number % 3 === 0 ? "telegram" : "whatsapp",
    channelIds: [uuid("c4a0", 1)],
    receivedAt: receivedAt.toISOString(),
    finishedAt: new Date(receivedAt.getTime() + 40).toISOString(),
    requestId: `req-${String(number)}`,
    size: 812 + number,
    state: "done",
    detail: null,
    items: 1,
    kept: 1,
    hasBody: true,
    ...fields,
  };
}

export function makeWebhooks(): FakeWebhooks {
  const usual = Array.from({ length: 40 }, (_, number) => makeWebhook(number + 1));
  return {
    items: [
      ...usual,
      makeWebhook(41, { state: "failed", detail: "TypeError: no such thing", kept: 0 }),
      makeWebhook(42, { state: "malformed", items: null, kept: null, hasBody: false }),
    ],
    retried: [],
  };
}

/** Undefined if the path is no one's here. */
export function webhooks(
  state: FakeWebhooks,
  { path, method, query }: Request,
): Answer | undefined {
  if (path === PATH) return { status: 200, body: page(state, query) };
  if (!path.startsWith(`${PATH}/`)) return undefined;
  const [id = "", what] = path.slice(PATH.length + 1).split("/");
  const one = state.items.find((known) => known.id === id);
  if (one === undefined) return { status: 404, body: { code: "webhook_not_found" } };
  if (method === "POST" && what === "retry") {
    state.retried.push(id);
    one.state = "waiting";
    return { status: 202 };
  }
  const payload = one.hasBody ? { object: "whatsapp_business_account", entry: [] } : null;
  const whole: ChatWebhookDetail = { ...one, payload };
  return { status: 200, body: whole };
}

function page({ items }: FakeWebhooks, query: URLSearchParams) {
  const wanted = query.get("state");
  const found = items.filter(({ state }) => wanted === null || state === wanted);
  const before = query.get("before");
  const begin = before === null ? 0 : found.findIndex(({ id }) => id === before) + 1;
  const shown = found.slice(begin, begin + PAGE);
  const more = found.length > begin + PAGE;
  return { items: shown, next: more ? (shown.at(-1)?.id ?? null) : null };
}
