import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Queue = typeof import("./queue");

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3600e3;

/** A tab of its own over the storage that all tabs share. */
async function tab(): Promise<Queue> {
  vi.resetModules();
  const queue = await import("./queue");
  queue.nameQueue("rstk_queue.site.");
  return queue;
}

const event = (n: number | string, type = "STEP") => `{"eventType":"${type}","n":"${n}"}`;
const events = (queue: Queue, key?: string) => (key ? queue.contents(key) : "");
const batches = () => Object.keys(localStorage).sort();
const kept = () =>
  batches().flatMap((key) => localStorage.getItem(key)!.split("\n").slice(1));

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  localStorage.clear();
  vi.useRealTimers();
});

test("events gather in one batch until it is sealed", async () => {
  const queue = await tab();

  expect([queue.add(event(1)), queue.add(event(2))]).toEqual([1, 2]);
  expect(queue.next()).toBeUndefined();

  queue.seal();
  expect(events(queue, queue.next())).toBe(`${event(1)},${event(2)}`);
});

test("a batch that was sent never changes again, and leaves only when settled", async () => {
  const queue = await tab();
  queue.add(event(1));
  queue.seal();
  const key = queue.next()!;
  // Batches are taken in the order of their milliseconds.
  vi.advanceTimersByTime(1);
  queue.add(event(2));
  queue.seal();

  expect(queue.next()).toBe(key);
  expect(events(queue, key)).toBe(event(1));
  queue.mark(key, queue.FAILED);
  expect(queue.next()).toBe(key);
  queue.remove(key);
  expect(events(queue, queue.next())).toBe(event(2));
});

test("batches that were never sent travel together, up to a hundred events", async () => {
  const queue = await tab();
  for (let n = 0; n < 130; n++) {
    queue.add(event(n));
    queue.seal();
    vi.advanceTimersByTime(1);
  }

  const first = queue.next()!;

  expect(events(queue, first).split("},").length).toBe(100);
  expect(batches().length).toBe(31);
});

test("an open batch ends by number, by size and by age", async () => {
  const queue = await tab();
  for (let n = 0; n < 21; n++) queue.add(event(n));
  expect(batches().length).toBe(2);

  vi.advanceTimersByTime(5000);
  queue.add(event("later"));
  expect(batches().length).toBe(3);

  for (let n = 0; n < 10; n++) queue.add(event("ñ".repeat(3500)));
  expect(batches().length).toBe(4);
  for (const key of batches()) expect(queue.bytes(localStorage.getItem(key)!)).toBeLessThan(6e4);
});

test("another tab sends what was left behind, and leaves young batches to their page", async () => {
  const gone = await tab();
  gone.add(event(1));
  const queue = await tab();

  vi.advanceTimersByTime(9999);
  expect(queue.next()).toBeUndefined();
  vi.advanceTimersByTime(1);
  expect(events(queue, queue.next())).toBe(event(1));

  // The page was only asleep: it begins a new batch, whatever became of the old one.
  gone.add(event(2));
  expect(batches().length).toBe(2);
});

test("a clock set back frees batches at once, and their page adds no more to them", async () => {
  const early = await tab();
  early.add(event(1));
  vi.setSystemTime(NOW - HOUR);
  const queue = await tab();

  expect(events(queue, queue.next())).toBe(event(1));
  early.add(event(2));
  expect(batches().length).toBe(2);
});

test.each([
  ["a beacon is dropped when the server no longer knows it", "HANDED", 0],
  ["a failure is sent however old it is", "FAILED", 1],
] as const)("%s", async (_, state, left) => {
  const gone = await tab();
  gone.add(event(1));
  gone.seal();
  gone.mark(batches()[0]!, gone[state]);
  vi.advanceTimersByTime(47 * HOUR);
  const queue = await tab();

  expect(events(queue, queue.next())).toBe(left ? event(1) : "");
  expect(batches().length).toBe(left);
});

test("an answer that another tab had is not undone", async () => {
  const queue = await tab();
  queue.add(event(1));
  queue.seal();
  const key = queue.next()!;
  localStorage.removeItem(key);

  queue.mark(key, queue.FAILED);

  expect(batches()).toEqual([]);
});

test("halves of a refused batch have new ids and are not joined again", async () => {
  const queue = await tab();
  for (let n = 0; n < 3; n++) queue.add(event(n));
  queue.seal();
  const whole = queue.next()!;

  queue.split(whole);

  expect(batches()).not.toContain(whole);
  expect(kept().sort()).toEqual([event(0), event(1), event(2)]);
  const half = queue.next()!;
  expect(batches().length).toBe(2);
  queue.remove(half);
  queue.split(queue.next()!);
  expect(kept().length).toBeLessThan(3);
});

test("over a thousand events, old scrolls and clicks go before all else", async () => {
  const queue = await tab();
  for (let n = 0; n < 500; n++) {
    queue.add(event(n, "PAGE_VIEW"));
    queue.add(event(n, n % 2 ? "SCROLL" : "CLICK"));
    vi.advanceTimersByTime(300);
  }
  for (let n = 0; n < 300; n++) queue.add(event(n, "FORM_SUBMIT"));

  const count = (type: string) => kept().filter((line) => line.includes(type)).length;

  expect(kept().length).toBeLessThanOrEqual(1020);
  expect([count("PAGE_VIEW"), count("FORM_SUBMIT")]).toEqual([500, 300]);
  expect(kept().some((line) => line === event(499, "SCROLL"))).toBe(true);
  expect(kept().some((line) => line === event(1, "SCROLL"))).toBe(false);
});

test("without low-value events the oldest go, also by size", async () => {
  const queue = await tab();
  for (let n = 0; n < 200; n++) {
    queue.add(event(`${n}-` + "x".repeat(2000)));
    vi.advanceTimersByTime(10);
  }

  expect(kept().join("").length).toBeLessThan(256 * 1024 + 6e4);
  expect(kept().some((line) => line.includes('"0-'))).toBe(false);
  expect(kept().some((line) => line.includes('"199-'))).toBe(true);
});

test("a blocked storage is replaced by memory", async () => {
  const blocked = vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("blocked", "SecurityError");
  });
  const queue = await tab();
  queue.add(event(1));
  queue.seal();

  expect(events(queue, queue.next())).toBe(event(1));
  blocked.mockRestore();
});
