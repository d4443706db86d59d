/** How numbers send, their templates, and files, for the fake Pista. */
import type { ChatMedia, ChatTemplate, SendingState } from "../src/api/model";
import { ok, refused, type FakeInbox } from "./fake-inbox.ts";
import { ago, uuid } from "./fake-messages.ts";
import type { Answer, Request } from "./fake-pista.ts";

const MOST = 16 * 2 ** 20;

export function makeNumber(fields: Partial<SendingState> = {}): SendingState {
  return {
    channelId: uuid("c4a0", 1),
    platform: "whatsapp",
    name: "Ventas",
    display: "+51 961 508 274",
    state: "ok",
    until: null,
    reason: null,
    waiting: 0,
    perSecond: 80,
    ...fields,
  };
}

export function makeNumbers(): SendingState[] {
  return [
    makeNumber(),
    makeNumber({
      channelId: uuid("c4a0", 2),
      platform: "telegram",
      name: "Bot de flores",
      display: "@flores_bot",
    }),
  ];
}

export function makeTemplate(fields: Partial<ChatTemplate> = {}): ChatTemplate {
  return {
    name: "pedido_listo",
    language: "es",
    status: "APPROVED",
    category: "UTILITY",
    body: "Hola {{1}}, tu pedido {{2}} está listo.",
    gaps: 2,
    header: "text",
    headerText: "Flores Aurora",
    footer: "Responde BAJA para no recibir más",
    buttons: ["Ver pedido"],
    buttonGaps: 1,
    ...fields,
  };
}

export function makeTemplates(): ChatTemplate[] {
  const plain = {
    header: null,
    headerText: null,
    footer: null,
    buttons: [],
    buttonGaps: 0,
  };
  return [
    makeTemplate(),
    makeTemplate({ language: "pt_BR", body: "Olá {{1}}, seu pedido {{2}} está pronto." }),
    makeTemplate({
      ...plain,
      name: "seguimos_aqui",
      body: "Hola {{nombre}}, ¿seguimos con tu pedido?",
      gaps: 1,
    }),
    makeTemplate({
      ...plain,
      name: "catalogo",
      body: "Nuestro catálogo.",
      gaps: 0,
      header: "document",
    }),
    makeTemplate({ ...plain, name: "promo", status: "PENDING", gaps: 0, body: "2x1" }),
  ];
}

/** Undefined if the path is no one's here. */
export function sending(state: FakeInbox, request: Request): Answer | undefined {
  const { method, path } = request;
  if (path === "/api/chat/sending") return ok(numbers(state));
  const [, channel = "", what] =
    /^\/api\/chat\/channels\/([^/]+)\/(templates|resume)$/.exec(path) ?? [];
  if (what === "resume") {
    state.numbers = state.numbers.map((one) =>
      one.channelId === channel ? { ...one, state: "ok", reason: null, waiting: 0 } : one,
    );
    return ok(numbers(state));
  }
  if (what === "templates") {
    if (state.templatesRefused !== undefined) return refused(409, state.templatesRefused);
    return ok({ items: state.templates, fetchedAt: ago(0) });
  }
  if (!path.startsWith("/api/chat/media")) return undefined;
  return media(state, method, path, request.query);
}

function numbers({ numbers: items }: FakeInbox) {
  return { items, mediaMaxBytes: MOST };
}

function media(
  state: FakeInbox,
  method: string,
  path: string,
  query: URLSearchParams,
): Answer {
  const [, id = "", what = ""] =
    /^\/api\/chat\/media\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (method === "POST" && id === "") {
    const made = makeMedia({ filename: query.get("filename") });
    state.media[made.id] = made;
    return { status: 201, body: made };
  }
  const known = state.media[id];
  if (known === undefined) return refused(404, "media_not_found");
  if (what === "retry") Object.assign(known, { state: "waiting", canRetry: false });
  return what === "" ? refused(409, "media_not_here") : ok(known);
}

export function makeMedia(fields: Partial<ChatMedia> = {}): ChatMedia {
  return {
    id: crypto.randomUUID(),
    state: "kept",
    mimeType: "image/jpeg",
    filename: null,
    bytes: 1_000,
    inline: true,
    error: null,
    advice: null,
    canRetry: false,
    createdAt: ago(0),
    ...fields,
  };
}
