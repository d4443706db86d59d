/** What the live panel holds: bounded, newest first, and still while it is paused. */
import type { LiveEvent } from "../../../api/model";
import type { Block } from "../../../lib/eventStream";

export const MOST_ROWS = 500;
/** As many as are shown, so that nothing that waited is lost when it goes on. */
const MOST_WAITING = MOST_ROWS;

export type Item =
  | { kind: "event"; key: string; event: LiveEvent; text: string }
  | { kind: "gap"; key: string; reason: string; dropped: number | undefined }
  | { kind: "skipped"; key: string; count: number };

export interface Feed {
  rows: readonly Item[];
  /** What came while it was paused, newest first too. */
  waiting: readonly Item[];
  /** How many events had to be let go while it was paused. */
  lost: number;
  paused: boolean;
  /** Events since the panel was opened. */
  heard: number;
}

export const EMPTY: Feed = {
  rows: [],
  waiting: [],
  lost: 0,
  paused: false,
  heard: 0,
};

export type Step =
  | { do: "add"; items: readonly Item[] }
  | { do: "pause" }
  | { do: "resume" }
  | { do: "clear" };

export function step(feed: Feed, next: Step): Feed {
  switch (next.do) {
    case "add":
      return added(feed, next.items);
    case "pause":
      return { ...feed, paused: true };
    case "resume":
      return {
        ...feed,
        paused: false,
        rows: [...feed.waiting, ...feed.rows].slice(0, MOST_ROWS),
        waiting: [],
        lost: 0,
      };
    case "clear":
      return EMPTY;
  }
}

function added(feed: Feed, items: readonly Item[]): Feed {
  const fresh = [...items].reverse();
  const heard = feed.heard + countOf(items);
  if (!feed.paused) {
    return { ...feed, heard, rows: [...fresh, ...feed.rows].slice(0, MOST_ROWS) };
  }
  const all = [...fresh, ...feed.waiting];
  return {
    ...feed,
    heard,
    waiting: all.slice(0, MOST_WAITING),
    lost: feed.lost + countOf(all.slice(MOST_WAITING)),
  };
}

export function countOf(items: readonly Item[]): number {
  return items.filter((item) => item.kind === "event").length;
}

let notes = 0;

/** What a block of the stream means here; blocks of a newer server are left out. */
export function itemOf({ event, data }: Block): Item | undefined {
  switch (event) {
    case "event": {
      const live = data as LiveEvent;
      const text = JSON.stringify(Object.values(live)).toLowerCase();
      return { kind: "event", key: live.eventId, event: live, text };
    }
    case "gap": {
      const { reason, dropped } = data as { reason: string; dropped?: number };
      return { kind: "gap", key: `note-${String((notes += 1))}`, reason, dropped };
    }
    case "skipped": {
      const { count } = data as { count: number };
      return { kind: "skipped", key: `note-${String((notes += 1))}`, count };
    }
    default:
      return undefined;
  }
}

export function matching(items: readonly Item[], text: string): readonly Item[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return items;
  return items.filter((item) => item.kind === "event" && item.text.includes(wanted));
}

/** The same type has the same colour every day. */
export function hueOf(eventType: string): number {
  const known = KNOWN[eventType];
  if (known !== undefined) return known;
  let hash = 7;
  for (const letter of eventType) hash = (hash * 31 + letter.charCodeAt(0)) % 3_600;
  return hash % 360;
}

const KNOWN: Readonly<Record<string, number>> = {
  PAGE_VIEW: 215,
  CLICK: 175,
  FORM_SUBMIT: 275,
  ADD_TO_CART: 35,
  PURCHASE: 145,
  SCROLL: 250,
};
