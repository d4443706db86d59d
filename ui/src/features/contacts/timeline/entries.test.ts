import { describe, expect, it } from "vitest";

import { makeLive } from "../../../../dev/fake-live";
import { makeEvent, makeFact, makeVisit } from "../../../../dev/fake-timeline";
import { byDay, folded, inWords, pageOf, withLive } from "./entries";

const scroll = (depth: number, url = "https://a.example/") =>
  makeEvent({ eventType: "SCROLL", url, metadata: { depth } });

describe("what came by the stream", () => {
  const visit = makeVisit({ id: "s1" }, { events: [makeEvent({ id: "e1" })] });
  const live = makeLive({
    eventId: "e1",
    sessionId: "s1",
    occurredAt: "2025-11-29T15:04:05Z",
  });

  it("is left out once the server tells it, too", () => {
    expect(withLive([visit], [live])).toEqual([visit]);
  });

  it("stands at its time within its visit", () => {
    const early = {
      ...live,
      eventId: "e0",
      occurredAt: "2025-11-29T15:02:00Z",
      eventType: "CLICK",
    };
    const [grown] = withLive([makeFact(), visit], [early]).slice(1);

    expect(grown).toMatchObject({
      events: [{ eventType: "PAGE_VIEW" }, { eventType: "CLICK" }],
      session: { events: 2, lastActivityAt: visit.session.lastActivityAt },
    });
  });

  it("of a visit that began before what is loaded changes nothing", () => {
    const before = { ...live, eventId: "e0", occurredAt: "2025-11-29T14:00:00Z" };
    expect(withLive([visit], [before])).toEqual([visit]);
  });

  it("of a new visit is that visit, once", () => {
    const other = { ...live, sessionId: "s2" };
    const later = { ...other, eventId: "e2", occurredAt: "2025-11-29T15:05:00Z" };

    const entries = withLive([visit], [other, later]);

    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({ session: { id: "s2", events: 2 } });
  });
});

it("puts entries under the days of the company's zone", () => {
  const late = makeFact({ id: "1" }, "2025-11-29T02:00:00Z");
  const early = makeFact({ id: "2" }, "2025-11-28T13:00:00Z");
  expect(byDay([late, early], "America/Lima")).toEqual([
    { day: "2025-11-28", entries: [late, early] },
  ]);
  expect(byDay([late, early], "UTC").map(({ day }) => day)).toEqual([
    "2025-11-29",
    "2025-11-28",
  ]);
});

it("keeps the deepest of scrolls on one page, and tells pages apart", () => {
  const elsewhere = scroll(10, "https://b.example/");
  const [deep, view] = [scroll(75), makeEvent()];
  expect(folded([scroll(50), deep, scroll(25), elsewhere, view])).toEqual([
    deep,
    elsewhere,
    view,
  ]);
});

it.each([
  ["CHAT_OPENED", "Chat opened"],
  ["payment.received", "Payment received"],
])("says %s as %s", (name, words) => {
  expect(inWords(name)).toBe(words);
});

it.each([
  ["https://www.flores.example/rosas/?utm_source=x&fbclid=1", "flores.example/rosas"],
  ["https://flores.example/", "flores.example"],
  ["https://a.example/caf%C3%A9", "a.example/café"],
  ["not an address", "not an address"],
])("shows the page %s as %s", (url, page) => {
  expect(pageOf(url)).toBe(page);
});
