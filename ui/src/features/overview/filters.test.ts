import { describe, expect, it } from "vitest";

import { readFilters, spanOf, type Filters } from "./filters";

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

describe("the days that are meant", () => {
  // In São Paulo it is still the 29th.
  const now = new Date("2025-11-30T01:00:00Z");

  it.each([
    [{}, "2025-11-23", "2025-11-29"],
    [{ range: "today" }, "2025-11-29", "2025-11-29"],
    [{ range: "yesterday" }, "2025-11-28", "2025-11-28"],
    [{ range: "7d" }, "2025-11-23", "2025-11-29"],
    [{ range: "30d" }, "2025-10-31", "2025-11-29"],
    [{ range: "90d" }, "2025-09-01", "2025-11-29"],
    [
      { range: "custom", from: "2025-01-01", to: "2025-01-02" },
      "2025-01-01",
      "2025-01-02",
    ],
  ] as [Filters, string, string][])("by %j", (filters, from, to) => {
    expect(spanOf(filters, "America/Sao_Paulo", now)).toEqual({ from, to });
  });
});
