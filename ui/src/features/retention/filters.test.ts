import { describe, expect, it } from "vitest";

import { readFilters, spanOf } from "./filters";

describe("a URL of retention", () => {
  it.each([
    [{}, {}],
    [{ weeks: 26 }, { weeks: 26 }],
    [{ weeks: "8" }, {}],
    [{ weeks: 12 }, {}],
    [{ weeks: 13 }, {}],
    [
      { first: "PURCHASE", returns: "PAGE_VIEW" },
      { first: "PURCHASE", returns: "PAGE_VIEW" },
    ],
    [{ first: "' or 1", returns: 5 }, {}],
    [{ numbers: "visitors" }, { numbers: "visitors" }],
    [{ numbers: "none", site: 7 }, {}],
  ])("%j is read as %j", (search, filters) => {
    const read = Object.entries(readFilters(search)).filter(
      ([, one]) => one !== undefined,
    );
    expect(Object.fromEntries(read)).toEqual(filters);
  });

  it("ends today where the company is, and counts this week", () => {
    const night = new Date("2025-11-27T02:00:00Z");
    expect(spanOf(8, "America/Lima", night)).toEqual({
      from: "2025-10-08",
      to: "2025-11-26",
    });
  });
});
