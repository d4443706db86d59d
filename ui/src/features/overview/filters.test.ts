import { describe, expect, it } from "vitest";

import { readFilters, type Filters } from "./filters";

const kept = (filters: Filters) => JSON.parse(JSON.stringify(filters)) as unknown;

describe("filters in the URL", () => {
  it.each([
    [{}, {}],
    [
      { range: "30d", metric: "events" },
      { range: "30d", metric: "events" },
    ],
    [{ range: "century", metric: 7, granularity: "second" }, {}],
    [{ granularity: "auto" }, {}],
    [
      { range: "custom", from: "2025-11-01", to: "2025-11-03" },
      { range: "custom", from: "2025-11-01", to: "2025-11-03" },
    ],
    [{ range: "custom", from: "2025-11-03", to: "2025-11-01" }, {}], // backwards
    [{ range: "custom", from: "2025-11-31", to: "2025-12-01" }, {}], // no such day
    [{ range: "7d", from: "2025-11-01", to: "2025-11-03" }, { range: "7d" }],
    [{ site: { $ne: 1 } }, {}],
  ])("%j are read as %j", (search, filters) => {
    expect(kept(readFilters(search))).toEqual(filters);
  });
});
