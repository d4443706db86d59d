/** Quick replies, for the fake Pista. */
import type { NewQuickReply } from "../src/api/model";
import { ok, refused, type FakeInbox } from "./fake-inbox.ts";
import { ago } from "./fake-messages.ts";
import type { Answer, Request } from "./fake-pista.ts";

const PATH = "/api/chat/quick-replies";

/** Undefined if the path is no one's here. */
export function quickReplies(state: FakeInbox, request: Request): Answer | undefined {
  const { method, path, body } = request;
  if (!path.startsWith(PATH)) return undefined;
  if (method === "GET") return ok({ items: state.quick });
  const id = path.slice(PATH.length + 1);
  if (method === "DELETE") {
    state.quick = state.quick.filter((one) => one.id !== id);
    return { status: 204 };
  }
  const wanted = body as NewQuickReply;
  if (state.quick.some((one) => one.shortcut === wanted.shortcut && one.id !== id)) {
    return refused(409, "shortcut_taken");
  }
  if (method === "POST") {
    const made = { ...wanted, id: crypto.randomUUID(), updatedAt: ago(0) };
    state.quick.push(made);
    return { status: 201, body: made };
  }
  const known = state.quick.find((one) => one.id === id);
  if (known === undefined) return refused(404, "quick_reply_not_found");
  return ok(Object.assign(known, wanted));
}
