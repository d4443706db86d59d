import { describe, expect, it } from "vitest";

import { makeLive } from "../../../../dev/fake-live";
import {
  countOf,
  EMPTY,
  hueOf,
  itemOf,
  matching,
  MOST_ROWS,
  step,
  type Feed,
  type Item,
} from "./feed";

function event(eventId: string, fields = {}): Item {
  const item = itemOf({ event: "event", data: makeLive({ eventId, ...fields }) });
  if (item === undefined) throw new Error("an event is an item");
  return item;
}

const add = (feed: Feed, ...items: Item[]) => step(feed, { do: "add", items });
const keys = (items: readonly Item[]) => items.map(({ key }) => key);

describe("the feed", () => {
  it("has the newest on top and keeps a bounded number", () => {
    const many = Array.from({ length: MOST_ROWS + 10 }, (_, n) => event(String(n)));

    const feed = add(EMPTY, ...many);

    expect(feed.rows).toHaveLength(MOST_ROWS);
    expect(feed.rows[0]?.key).toBe(String(MOST_ROWS + 9));
    expect(feed.heard).toBe(MOST_ROWS + 10);
  });

  it("stands still while it is paused, and loses nothing that waited", () => {
    const paused = step(add(EMPTY, event("1")), { do: "pause" });
    const waited = add(add(paused, event("2")), event("3"), event("4"));
    expect(keys(waited.rows)).toEqual(["1"]);
    expect(countOf(waited.waiting)).toBe(3);

    const resumed = step(waited, { do: "resume" });

    expect(keys(resumed.rows)).toEqual(["4", "3", "2", "1"]);
    expect(resumed.waiting).toEqual([]);
  });

  it("says how many it had to let go", () => {
    const many = Array.from({ length: MOST_ROWS + 7 }, (_, n) => event(String(n)));

    const feed = add(step(EMPTY, { do: "pause" }), ...many);

    expect(feed.waiting).toHaveLength(MOST_ROWS);
    expect(feed.lost).toBe(7);
  });

  it("is searched in everything that is told of an event", () => {
    const rows = [
      event("1", { path: "/Unica" }),
      event("2", { metadata: { color: "rojo" } }),
    ];

    expect(keys(matching(rows, " unica "))).toEqual(["1"]);
    expect(keys(matching(rows, "ROJO"))).toEqual(["2"]);
    expect(keys(matching(rows, ""))).toEqual(["1", "2"]);
  });

  it("leaves out what only a newer server says", () => {
    expect(itemOf({ event: "weather", data: {} })).toBeUndefined();
  });

  it("gives a type the same colour every day", () => {
    expect(hueOf("PURCHASE")).toBe(145);
    expect(hueOf("MY_OWN")).toBe(hueOf("MY_OWN"));
    expect(hueOf("MY_OWN")).toBeLessThan(360);
  });
});
