import { madeAt, uuid } from "./ids";
import { keys, read, remove, write } from "./storage";

/*
 * Every batch has a localStorage key of its own, `rstk_queue.{site}.{batchId}`, so that tabs never
 * rewrite each other's data. Its value is a state, and one line of JSON per event:
 *
 *   FRESH  never sent: may still grow, or be joined with others
 *   HANDED given to the network, answer unknown: may be there already, so it never grows again
 *   FAILED sent without an answer: as HANDED, but worth sending however old it is
 *
 * Only the page that opened a batch adds to it, and for five seconds at most; after ten, any page may
 * send it. A batch leaves the queue when the server has answered, never before.
 */
const FRESH = "0";
export const HANDED = "1";
export const FAILED = "2";

const GROWS_MS = 5e3;
const ORPHAN_MS = 10e3;
// The server recognises what it has seen for 48 hours; later, an unanswered beacon would count twice.
const RECOGNISED_MS = 47 * 3600e3;

export const GATHERED = 20;
const SENT_EVENTS = 100;
// Browsers allow beacons 64 KiB altogether.
const SENT_BYTES = 6e4;
const KEPT_EVENTS = 1000;
const KEPT_CHARS = 256 * 1024;
const LOW_VALUE = /\n{"eventType":"(SCROLL|CLICK)".*/g;
const ANY = /\n.*/g;

export const bytes = (text: string) => new TextEncoder().encode(text).length;
const count = (value: string) => value.split("\n").length - 1;
const fits = (value: string, most: number) => count(value) <= most && bytes(value) < SENT_BYTES;

let prefix: string;
let open = "";
const mine = new Set<string>();

export function nameQueue(name: string): void {
  prefix = name;
}

export const batchId = (key: string) => key.slice(prefix.length);

function younger(key: string, ms: number): boolean {
  const age = Date.now() - madeAt(batchId(key));
  // Negative after the clock was set back; the page that opened the batch then sees it as old, too.
  return age >= 0 && age < ms;
}

function create(value: string): string {
  const key = prefix + uuid();
  mine.add(key);
  write(key, value);
  return key;
}

export function mark(key: string, state: string): void {
  const value = read(key);
  // Another tab may have had the answer in the meantime.
  if (value) write(key, state + value.slice(1));
}

/** Over the limits the oldest scrolls and clicks go first, then the oldest of all. */
function trim(): void {
  const held = keys(prefix);
  let events = 0;
  let chars = 0;
  const weigh = (value: string, sign: number) => {
    events += sign * count(value);
    chars += sign * value.length;
  };
  held.forEach((key) => weigh(read(key), 1));
  for (const dropped of [LOW_VALUE, ANY])
    for (const key of held)
      if (events >= KEPT_EVENTS || chars > KEPT_CHARS) {
        const value = read(key);
        const rest = value.replace(dropped, "");
        weigh(value, -1);
        weigh(rest, 1);
        if (count(rest)) write(key, rest);
        else remove(key);
      }
}

/** Keeps one event; answers how many the open batch holds now. */
export function add(line: string): number {
  const held = open && younger(open, GROWS_MS) ? read(open) : "";
  const grown = held + "\n" + line;
  if (held && fits(grown, GATHERED)) {
    write(open, grown);
    return count(grown);
  }
  trim();
  open = create(FRESH + "\n" + line);
  return 1;
}

/** From here on the open batch is as it is. */
export function seal(): void {
  open = "";
}

/** What may be sent: this page's sealed batches, and those that other pages left behind. */
const ready = () =>
  keys(prefix).filter((key) => key != open && (mine.has(key) || !younger(key, ORPHAN_MS)));

/** This page's own sealed batches. */
export const own = () => ready().filter((key) => mine.has(key));

/** The next batch to send, marked as handed over. To be called by one page at a time. */
export function next(): string | undefined {
  let chosen: string | undefined;
  let value = "";
  const taken: string[] = [];
  for (const key of ready()) {
    const more = read(key);
    if (!chosen) {
      if (more[0] == HANDED && !younger(key, RECOGNISED_MS)) remove(key);
      else {
        chosen = key;
        value = more;
      }
    } else if (value[0] == FRESH && more[0] == FRESH && fits(value + more.slice(1), SENT_EVENTS)) {
      value += more.slice(1);
      taken.push(key);
    }
  }
  // Written before the others go: a crash in between leaves events twice, and the server knows them.
  if (chosen) write(chosen, HANDED + value.slice(1));
  taken.forEach(remove);
  return chosen;
}

/** The server refused the batch whole as too large, so nothing of it counts under its old id. */
export function split(key: string): void {
  const lines = read(key).split("\n").slice(1);
  const half = lines.length >> 1;
  if (half)
    for (const part of [lines.splice(0, half), lines])
      create(FAILED + "\n" + part.join("\n"));
  remove(key);
}

/** The events of a batch as they stand between the brackets of a JSON array. */
export const contents = (key: string) => read(key).slice(2).replace(/\n/g, ",");

export { remove };

export function clear(): void {
  keys(prefix).forEach(remove);
}
