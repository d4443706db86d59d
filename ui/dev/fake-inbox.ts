/** Conversations, from memory. */
import type {
  ChatMessage,
  ChatNote,
  ChatPresence,
  Conversation,
  QuickReply,
  ChatMedia,
  ChatTemplate,
  SendMessage,
  SendingState,
} from "../src/api/model";
import { ago, everyKind, ours, seldomKinds, uuid } from "./fake-messages.ts";
import type { Answer, Request } from "./fake-pista.ts";
import { makeNumbers, makeTemplates } from "./fake-sending.ts";
import { quickReplies } from "./fake-quick.ts";

export interface FakeInbox {
  talks: Conversation[];
  messages: Record<string, ChatMessage[]>;
  notes: Record<string, ChatNote[]>;
  quick: QuickReply[];
  presence: ChatPresence;
  /** What one was said to do. */
  did: string[];
  colleagues: { id: string; name: string; role: "admin" | "gtr" | "asesor" }[];
  /** Who takes a conversation meanwhile. */
  faster: { id: string; name: string } | undefined;
  /** What sending is refused with; `not_found` where there is none yet. */
  refuses: string | undefined;
  read: { talk: string; through: number }[];
  sent: { key: string | null; text: string }[];
  /** The whole of what was sent. */
  bodies: SendMessage[];
  /** Asked to be sent again. */
  resent: string[];
  numbers: SendingState[];
  templates: ChatTemplate[];
  /** What the platform refuses its templates with. */
  templatesRefused: string | undefined;
  media: Record<string, ChatMedia>;
  drafts: Record<string, string>;
}

export function makeTalk(
  number: number,
  fields: Partial<Conversation> = {},
): Conversation {
  const at = ago(number * 7);
  return {
    id: uuid("ca1a", number),
    channel: {
      id: uuid("c4a0", 1),
      platform: "whatsapp",
      name: "Ventas",
      display: "+51 961 508 274",
    },
    person: {
      id: uuid("e4a0", number),
      name: `Cliente ${String(number)}`,
      username: null,
    },
    contact: null,
    groupId: null,
    status: "open",
    assignedTo: null,
    unread: 0,
    lastMessageAt: at,
    lastInboundAt: at,
    windowUntil: new Date(Date.parse(at) + 24 * 60 * 60_000).toISOString(),
    preview: { text: "Gracias", kind: "text", direction: "in" },
    draft: null,
    blocked: false,
    found: null,
    ...fields,
  };
}

export function makeInbox(changes: Partial<FakeInbox> = {}): FakeInbox {
  const [first, second, third, fourth] = [1, 2, 3, 4].map((number) => makeTalk(number));
  const talks: Conversation[] = [
    {
      ...first!,
      person: { id: uuid("e4a0", 1), name: "Marta Figueroa", username: null },
      contact: { id: "cntct_1", name: "Marta Figueroa" },
      unread: 2,
      preview: { text: "¿Tienen peonías para el sábado?", kind: "text", direction: "in" },
    },
    {
      ...second!,
      person: { id: uuid("e4a0", 2), name: "Bruno Salas", username: "bruno" },
      channel: {
        id: uuid("c4a0", 2),
        platform: "telegram",
        name: "Bot de flores",
        display: "@flores_bot",
      },
      windowUntil: null,
      assignedTo: { id: "u2", name: "Carla Vega" },
      preview: { text: null, kind: "voice", direction: "in" },
    },
    {
      ...third!,
      assignedTo: { id: "u1", name: "Ana Souza" },
      draft: "Claro que sí, el",
      preview: { text: "Ok", kind: "text", direction: "out" },
    },
    {
      ...fourth!,
      windowUntil: ago(60),
      lastInboundAt: ago(25 * 60),
      lastMessageAt: ago(25 * 60),
    },
    ...Array.from({ length: 8 }, (_, number) => makeTalk(number + 300)),
  ];
  return {
    talks,
    messages: { [uuid("ca1a", 1)]: everyKind(), [uuid("ca1a", 2)]: seldomKinds() },
    notes: {
      [uuid("ca1a", 1)]: [
        {
          id: uuid("0e00", 1),
          text: "Paga contra entrega. Llamar antes de enviar.",
          at: ago(568),
          author: { id: "u2", name: "Carla Vega" },
        },
      ],
    },
    quick: [
      quick(1, "hola", "Hola {{name}}, te saluda {{agent}}. ¿En qué te ayudo?"),
      quick(2, "horario", "Atendemos de lunes a sábado, de 9 a 19 h."),
    ],
    presence: { items: [], composer: null },
    did: [],
    colleagues: [
      { id: "u1", name: "Ana Souza", role: "admin" },
      { id: "u2", name: "Carla Vega", role: "asesor" },
    ],
    faster: undefined,
    refuses: undefined,
    read: [],
    sent: [],
    bodies: [],
    resent: [],
    numbers: makeNumbers(),
    templates: makeTemplates(),
    templatesRefused: undefined,
    media: {},
    drafts: {},
    ...changes,
  };
}

function quick(number: number, shortcut: string, text: string): QuickReply {
  return { id: uuid("9a1c", number), shortcut, text, updatedAt: ago(1000) };
}

const TALK = /^\/api\/chat\/conversations\/([^/]+)(?:\/(.+))?$/;

export function inbox(
  state: FakeInbox,
  request: Request,
  me: string,
): Answer | undefined {
  const { method, path, query } = request;
  if (!path.startsWith("/api/chat/")) return undefined;
  switch (`${method} ${path}`) {
    case "GET /api/chat/conversations":
      return ok({ items: listed(state, query, me), next: null });
    case "GET /api/chat/unread":
      return ok(unread(state, me));
    case "GET /api/chat/changes":
      return ok({ conversationIds: [], all: false, next: "1" });
    case "GET /api/chat/colleagues":
      return ok({ items: state.colleagues });
  }
  const other = quickReplies(state, request);
  if (other !== undefined) return other;
  const [, id = "", rest = ""] = TALK.exec(path) ?? [];
  const talk = state.talks.find((one) => one.id === id);
  if (talk === undefined) return refused(404, "conversation_not_found");
  return ofTalk(state, talk, `${method} ${rest}`, request, me);
}

function ofTalk(
  state: FakeInbox,
  talk: Conversation,
  route: string,
  { query, body }: Request,
  me: string,
): Answer | undefined {
  const given = (body ?? {}) as Record<string, unknown>;
  switch (route) {
    case "GET ":
      return ok(talk);
    case "GET charges":
      return ok({ items: [] });
    case "GET messages":
      return ok(messages(state, talk.id, query.get("before")));
    case "POST messages":
      return send(state, talk, body as SendMessage);
    case "POST read":
      state.read.push({ talk: talk.id, through: Number(given.through) });
      talk.unread = 0;
      return ok({ unread: 0 });
    case "PUT assignment":
      return assign(state, talk, given.userId as string | null);
    case "PUT status":
      talk.status = given.status === "closed" ? "closed" : "open";
      return ok(talk);
    case "PUT draft":
      state.drafts[talk.id] = String(given.text);
      return ok(given);
    case "POST typing":
      state.did.push(String(given.doing));
      if (given.takeOver === true) state.presence = { ...state.presence, composer: null };
      return ok(state.presence);
    case "POST notes": {
      const author = state.colleagues.find(({ id }) => id === me) ?? { id: me, name: "" };
      const note = {
        id: crypto.randomUUID(),
        text: String(given.text),
        at: ago(0),
        author,
      };
      (state.notes[talk.id] ??= []).push(note);
      return { status: 201, body: note };
    }
    default:
      return react(state, talk, route, given.emoji) ?? dropNote(state, talk, route);
  }
}

function react(
  state: FakeInbox,
  talk: Conversation,
  route: string,
  emoji: unknown,
): Answer | undefined {
  const id = /^PUT messages\/(.+)\/reaction$/.exec(route)?.[1];
  const found = state.messages[talk.id]?.find((one) => one.id === id);
  if (found === undefined) return undefined;
  const others = found.reactions.filter(({ by }) => by !== "us");
  const own = typeof emoji === "string" ? [{ by: "us", emoji }] : [];
  found.reactions = [...others, ...own];
  return ok(found);
}

function dropNote(
  state: FakeInbox,
  talk: Conversation,
  route: string,
): Answer | undefined {
  const again = /^POST messages\/(.+)\/resend$/.exec(route)?.[1];
  if (again !== undefined) {
    state.resent.push(again);
    const found = state.messages[talk.id]?.find((one) => one.id === again);
    if (found !== undefined) Object.assign(found, { status: "queued", failure: null });
    return ok(found);
  }
  const id = /^DELETE notes\/(.+)$/.exec(route)?.[1];
  if (id === undefined) return undefined;
  state.notes[talk.id] = (state.notes[talk.id] ?? []).filter((note) => note.id !== id);
  return { status: 204 };
}

function listed(state: FakeInbox, query: URLSearchParams, me: string): Conversation[] {
  const assigned = query.get("assigned");
  const status = query.get("status");
  const words = (query.get("q") ?? "").toLowerCase();
  const contact = query.get("contactId");
  const channel = query.get("channelId");
  return state.talks.filter(
    (talk) =>
      (status === null || talk.status === status) &&
      (query.get("unread") !== "true" || talk.unread > 0) &&
      (assigned === null ||
        (assigned === "none" ? talk.assignedTo === null : talk.assignedTo?.id === me)) &&
      (channel === null || talk.channel.id === channel) &&
      (contact === null || talk.contact?.id === contact) &&
      `${talk.person?.name ?? ""} ${talk.preview?.text ?? ""}`
        .toLowerCase()
        .includes(words),
  );
}

function unread({ talks }: FakeInbox, me: string) {
  const found = talks.filter((talk) => talk.unread > 0 && talk.status === "open");
  return {
    all: found.length,
    mine: found.filter(({ assignedTo }) => assignedTo?.id === me).length,
    nobody: found.filter(({ assignedTo }) => assignedTo === null).length,
  };
}

const PAGE = 50;

function messages(state: FakeInbox, id: string, before: string | null) {
  const all = state.messages[id] ?? [];
  const end = before === null ? all.length : Number(before);
  const begin = Math.max(0, end - PAGE);
  const items = all.slice(begin, end);
  return {
    items,
    notes: before === null ? (state.notes[id] ?? []) : [],
    next: begin === 0 ? null : String(begin),
    last: items.at(-1)?.at ?? null,
  };
}

function send(state: FakeInbox, talk: Conversation, body: SendMessage): Answer {
  const { type, media } = body;
  const text = body.text ?? media?.caption ?? body.interactive?.text ?? "";
  if (state.refuses !== undefined) {
    return refused(state.refuses === "not_found" ? 404 : 409, state.refuses);
  }
  state.sent.push({ key: null, text });
  state.bodies.push(body);
  const all = (state.messages[talk.id] ??= []);
  const kind = type === "media" ? (media?.kind ?? "document") : type;
  const message = ours(1000 + all.length, "queued", { kind, text, at: ago(0) });
  all.push(message);
  talk.preview = { text, kind: "text", direction: "out" };
  return { status: 201, body: message };
}

function assign(state: FakeInbox, talk: Conversation, userId: string | null): Answer {
  if (state.faster !== undefined) {
    talk.assignedTo = state.faster;
    const { body } = refused(409, "assigned_meanwhile");
    return { status: 409, body: { ...(body as object), holder: state.faster } };
  }
  const to = state.colleagues.find(({ id }) => id === userId);
  talk.assignedTo = to === undefined ? null : { id: to.id, name: to.name };
  return ok(talk);
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function refused(status: number, code: string): Answer {
  return {
    status,
    body: { type: "about:blank", title: code, status, code, detail: code },
  };
}
