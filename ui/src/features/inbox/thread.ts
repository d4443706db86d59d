/** A conversation as it is read: messages and notes in one order, parted by days. */
import type { ChatMessage, ChatMessages, ChatNote } from "../../api/model";
import { dayIn, type Day } from "../../lib/time";

export type Item =
  | { kind: "day"; key: string; day: Day }
  | { kind: "message"; key: string; message: ChatMessage; joined: boolean }
  | { kind: "note"; key: string; note: ChatNote };

/** Messages of one person within this time hang together. */
const TOGETHER = 5 * 60_000;

type Entry = { at: string } & (
  { kind: "message"; message: ChatMessage } | { kind: "note"; note: ChatNote }
);

/** The pages, the newest first, as one list with the newest last. */
export function itemsOf(pages: readonly ChatMessages[], timeZone: string): Item[] {
  const items: Item[] = [];
  let before: Entry | undefined;
  let day: Day | undefined;
  for (const entry of entriesOf(pages)) {
    const its = dayIn(timeZone, new Date(entry.at));
    if (its !== day) items.push({ kind: "day", key: `day ${its}`, day: its });
    if (entry.kind === "note") {
      items.push({ kind: "note", key: entry.note.id, note: entry.note });
    } else {
      const joined = its === day && hangTogether(before, entry);
      const { message } = entry;
      items.push({ kind: "message", key: message.id, message, joined });
    }
    day = its;
    before = entry;
  }
  return items;
}

/** Each once, also where a page was fetched again while something came. */
function entriesOf(pages: readonly ChatMessages[]): Entry[] {
  const messages = new Map<string, ChatMessage>();
  const notes = new Map<string, ChatNote>();
  for (const page of pages) {
    for (const message of page.items) messages.set(message.id, message);
    for (const note of page.notes) notes.set(note.id, note);
  }
  const said: Entry[] = [...messages.values()]
    .sort(
      (one, other) => Date.parse(one.at) - Date.parse(other.at) || one.seq - other.seq,
    )
    .map((message) => ({ kind: "message", at: message.at, message }));
  const noted: Entry[] = [...notes.values()].map((note) => ({
    kind: "note",
    at: note.at,
    note,
  }));
  return [...said, ...noted].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
}

function hangTogether(
  before: Entry | undefined,
  { message }: Entry & { kind: "message" },
) {
  if (before?.kind !== "message" || message.kind === "system") return false;
  const last = before.message;
  return (
    last.kind !== "system" &&
    last.direction === message.direction &&
    last.person?.id === message.person?.id &&
    last.author?.id === message.author?.id &&
    Date.parse(message.at) - Date.parse(last.at) < TOGETHER
  );
}

/** `seq` of the newest message of these pages: how far somebody who sees the end has read. */
export function lastSeq(pages: readonly ChatMessages[]): number {
  return Math.max(0, ...pages.flatMap(({ items }) => items.map(({ seq }) => seq)));
}

/** A quick reply with its gaps filled. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => values[name] ?? gap);
}

/** `*bold*`, `_slanted_` and `~struck~` as WhatsApp writes them, and addresses to follow. */
export type Span =
  | { kind: "text" | "bold" | "slanted" | "struck" | "code"; text: string }
  | { kind: "link"; text: string; href: string };

const MARKS = { "*": "bold", _: "slanted", "~": "struck", "`": "code" } as const;
const PARTS =
  /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])|(?<![\p{L}\p{N}])([*_~`])(?=\S)(.+?)(?<=\S)\2(?![\p{L}\p{N}])/gu;

export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const found of text.matchAll(PARTS)) {
    const [whole, link, mark, inside] = found;
    if (found.index > end)
      spans.push({ kind: "text", text: text.slice(end, found.index) });
    if (link !== undefined) spans.push({ kind: "link", text: link, href: link });
    else {
      const kind = MARKS[mark as keyof typeof MARKS];
      spans.push({ kind, text: inside ?? "" });
    }
    end = found.index + whole.length;
  }
  if (end < text.length) spans.push({ kind: "text", text: text.slice(end) });
  return spans;
}
