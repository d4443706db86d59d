import { attribute, IGNORED, path } from "../elements";
import { guard, listen } from "../guard";
import { uuid } from "../ids";
import { digest } from "./claims";
import type { Messages, VisitorId } from "./messages";

const IDENTIFIED = "rstk_identified";
const CHARS = 254;
// The server takes 4 KiB altogether.
const TRAITS_CHARS = 2000;
const MOST_TRAITS = 30;

type Fields = Partial<Record<"email" | "phone" | "name", string>>;

// What is written here in small letters stands in names, ids and autocomplete of fields.
const NEVER = /card|tarjeta|cart[aã]o|cvv|cvc|cc-|iban|passw|contrase|clave|senha|token|otp|one-time/;
const KINDS: [keyof Fields, RegExp][] = [
  ["email", /e-?mail|correo/],
  ["phone", /phone|telef|mobile|m[oó]vil|celular|whatsapp|(^|[ _[-])(tel|fone|cel)/],
  ["name", /(^| )name( |$)|full.?name|your.?name|nombre|nome/],
];
const TYPES = /^(text|email|tel|)$/;

/** Which of the three a field asks for; hidden fields, choices, cards and passwords are none. */
export function kindOf(field: Element): keyof Fields | undefined {
  const type = (attribute(field, "type") || "").toLowerCase();
  const words = ["autocomplete", "name", "id"].map((name) => attribute(field, name) || "");
  const said = words.join(" ").toLowerCase();
  if (!field.matches("input") || !TYPES.test(type) || NEVER.test(said)) return undefined;
  if (field.closest(IGNORED) || field.matches(":disabled")) return undefined;
  if (type == "email") return type;
  if (type == "tel") return "phone";
  const found = KINDS.find(([, pattern]) => pattern.test(said));
  return found && found[0];
}

/** What of a form makes a contact: the first e-mail, phone and name in it. */
export function fieldsOf(form: Element): Fields {
  const found: Fields = {};
  // By the prototype: a field may be called `elements`.
  const fields = Reflect.get(HTMLFormElement.prototype, "elements", form) as Iterable<Element>;
  for (const field of Array.from(fields)) {
    const kind = kindOf(field);
    const value = (field as HTMLInputElement).value;
    const text = kind && value.trim().slice(0, CHARS);
    if (text && !found[kind]) found[kind] = text;
  }
  return found;
}

/** A form that somebody sends makes a contact, where the site says so and asks for an e-mail or a phone. */
export function watchPeople(messages: Messages): void {
  listen("submit", (event: Event) => {
    const form = path(event).find((element) => element instanceof HTMLFormElement);
    const fields = form ? fieldsOf(form) : {};
    if (fields.email || fields.phone)
      messages.say("person", Object.assign({ event: "form", submissionId: uuid() }, fields));
  });
}

const scalar = (value: unknown): string | number | boolean | undefined =>
  typeof value == "string"
    ? value.slice(0, CHARS)
    : typeof value == "number" || typeof value == "boolean"
      ? value
      : undefined;

/** What a page says of a person: what they are known by, and a few words more. */
export function described(who: Record<string, unknown>): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  const traits: Record<string, unknown> = {};
  let room = TRAITS_CHARS;
  for (const name of Object.keys(who).slice(0, MOST_TRAITS)) {
    const value = scalar(who[name]);
    if (/^(email|phone|name|userId)$/.test(name)) {
      if (value) known[name] = String(value);
    } else if (value !== undefined) {
      room -= JSON.stringify([name, value]).length;
      if (room > 0) traits[name] = value;
    }
  }
  return Object.assign(known, { traits });
}

/** `pista.identify(…)`: the same of the same visitor once a tab, however many pages say it. */
export const identifier = (messages: Messages, visitorId: VisitorId) =>
  guard((who: Record<string, unknown>) => {
    const said = described(who);
    if (!(said.email || said.phone || said.userId)) return;
    const mark = digest(`${visitorId()} ${JSON.stringify(said)}`);
    if (guard(() => sessionStorage.getItem(IDENTIFIED))() == mark) return;
    guard(() => {
      sessionStorage.setItem(IDENTIFIED, mark);
    })();
    messages.say("person", Object.assign({ event: "identify", submissionId: uuid() }, said));
  });
