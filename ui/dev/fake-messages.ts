/** Messages of every kind, for the fake Pista. */
import type { ChatMessage } from "../src/api/model";

const MINUTE = 60_000;
export const ago = (minutes: number) =>
  new Date(Date.now() - minutes * MINUTE).toISOString();
export const uuid = (kind: string, number: number) =>
  `${kind.padEnd(8, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;

export function makeMessage(
  number: number,
  fields: Partial<ChatMessage> = {},
): ChatMessage {
  return {
    id: uuid("5a1d", number),
    seq: number,
    direction: "in",
    kind: "text",
    text: `Mensaje ${String(number)}`,
    content: { forwarded: false },
    replyTo: null,
    quoted: null,
    externalId: `wamid.${String(number)}`,
    at: ago(600 - number),
    status: null,
    failure: null,
    editedAt: null,
    deletedAt: null,
    author: null,
    person: { id: uuid("e4a0", 1), name: "Marta Figueroa" },
    reactions: [],
    ...fields,
  };
}

export function ours(number: number, status: string, fields: Partial<ChatMessage> = {}) {
  const author = { id: "u1", name: "Ana Souza" };
  return makeMessage(number, {
    direction: "out",
    status,
    author,
    person: null,
    ...fields,
  });
}

/** One message of each kind. */
export function everyKind(): ChatMessage[] {
  const media = (fields: object) => ({
    forwarded: false,
    media: { animated: false, ...fields },
  });
  return [
    makeMessage(1, {
      text: "Hola, vi su anuncio",
      at: ago(3000),
      content: {
        forwarded: false,
        referral: { headline: "Peonías a domicilio", body: "Envío el mismo día" },
      },
    }),
    ours(2, "read", { text: "¡Hola Marta! ¿Qué flores buscas?", at: ago(2990) }),
    makeMessage(3, { kind: "image", text: "Algo *así*", content: media({ id: "1" }) }),
    makeMessage(4, {
      kind: "location",
      text: null,
      content: {
        forwarded: false,
        location: { latitude: -12.1, longitude: -77.03, name: "Parque Kennedy" },
      },
    }),
    makeMessage(5, {
      kind: "contacts",
      text: null,
      content: {
        forwarded: false,
        contacts: [{ name: "Rosa Díaz", phones: ["+51987654321"], own: false }],
      },
    }),
    ours(6, "delivered", {
      text: "Perfecto, mira https://flores.example/peonias",
      replyTo: "wamid.3",
      quoted: { id: uuid("5a1d", 3), direction: "in", kind: "image", text: "Algo *así*" },
      reactions: [{ by: uuid("e4a0", 1), emoji: "❤️" }],
    }),
    makeMessage(7, {
      kind: "order",
      text: null,
      content: {
        forwarded: false,
        order: {
          items: [
            { product: "Ramo de peonías", quantity: 2, price: 89.9, currency: "PEN" },
          ],
        },
      },
    }),
    makeMessage(8, {
      kind: "button",
      text: "Sí, confirmo",
      content: { forwarded: false, reply: { id: "yes", title: "Sí, confirmo" } },
    }),
    makeMessage(9, {
      kind: "document",
      text: null,
      content: media({ filename: "boleta.pdf" }),
    }),
    makeMessage(10, { deletedAt: ago(580), text: null }),
    ours(11, "failed", {
      text: "Te llega mañana",
      failure: {
        code: 131047,
        title: "Re-engagement",
        key: "use_template",
        canRetry: false,
      },
    }),
    ours(12, "failed", {
      text: "¿Sigues ahí?",
      failure: { code: 131000, title: "Busy", key: "wait", canRetry: true },
    }),
    makeMessage(13, { kind: "unsupported", text: null }),
    makeMessage(14, {
      kind: "unknown",
      text: null,
      content: {
        forwarded: false,
        event: "poll",
        raw: { poll: { question: "¿Rosas?" } },
      },
    }),
    makeMessage(15, { text: "Mejor para el domingo", editedAt: ago(570) }),
    makeMessage(16, { kind: "system", text: "Marta cambió de número", person: null }),
    makeMessage(17, {
      text: "¿Tienen peonías para el sábado?",
      at: ago(8),
      content: { forwarded: true },
    }),
    makeMessage(18, { text: "Es para mi mamá 💐", at: ago(7) }),
    ours(19, "queued", { text: "Un momento, lo veo", at: ago(6) }),
  ];
}

/** What comes more seldom, and what Telegram brings. */
export function seldomKinds(): ChatMessage[] {
  const said = { forwarded: false };
  const media = (fields: object) => ({ ...said, media: { animated: false, ...fields } });
  const from = { person: { id: uuid("e4a0", 2), name: "Bruno Salas" } };
  const inbound = (number: number, kind: string, fields: Partial<ChatMessage>) =>
    makeMessage(number, { kind, text: null, ...from, ...fields });
  return [
    inbound(101, "video", { text: "El local", content: media({ id: "v" }) }),
    inbound(102, "voice", { content: media({ id: "o", seconds: 65 }) }),
    inbound(103, "audio", { content: media({ id: "a", filename: "jingle.mp3" }) }),
    inbound(104, "sticker", { content: media({ id: "s", animated: true }) }),
    inbound(105, "interactive", {
      text: "Rosas",
      content: {
        ...said,
        reply: { id: "choice-1", title: "Rosas", description: "Docena" },
      },
    }),
    inbound(106, "interactive", {
      text: "Enviado",
      content: {
        ...said,
        event: "nfm_reply",
        reply: { title: "pedido", payload: { distrito: "Surco", flow_token: "secret" } },
      },
    }),
    inbound(107, "reaction", { text: "👍" }),
    inbound(108, "system", { content: { ...said, event: "user_changed_number" } }),
    inbound(109, "system", { content: { ...said, event: "forum_topic_created" } }),
    inbound(110, "unsupported", {
      content: {
        ...said,
        errors: [{ code: 131051, title: "Message type is currently not supported." }],
        raw: { type: "unsupported", id: "wamid.110" },
      },
    }),
    inbound(111, "hologram", { content: said }),
    ours(112, "sent", {
      kind: "interactive",
      text: "¿Qué flores quieres?",
      content: {
        ...said,
        choices: {
          header: "Flores",
          footer: "Envío gratis",
          button: "Ver flores",
          titles: ["Rosas", "Peonías"],
          askForPhone: false,
        },
      },
    }),
    ours(113, "played", { kind: "voice", text: null, content: media({ id: "p" }) }),
    ours(114, "accepted", {
      kind: "template",
      text: "Hola Bruno, tu pedido está listo.",
      content: {
        ...said,
        template: { name: "pedido_listo", language: "es", body: ["Bruno"] },
      },
    }),
    ours(115, "unknown", {
      text: "¿Lo recogen hoy?",
      failure: { code: null, title: "No answer.", key: "unknown", canRetry: true },
    }),
  ];
}
