import { describe, expect, it } from "vitest";

import { spanOf, type Period } from "./period";

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
  ] as [Period, string, string][])("by %j", (period, from, to) => {
    expect(spanOf(period, "America/Sao_Paulo", now)).toEqual({ from, to });
  });
});
