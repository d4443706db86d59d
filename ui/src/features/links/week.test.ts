import { describe, expect, it } from "vitest";

import { weekOf } from "./week";

const NOW = Date.parse("2026-03-14T12:30:00Z");
const hour = (start: string, clicks: number) => ({
  start,
  clicks,
  people: clicks,
  bots: 0,
  starts: 0,
  lost: 0,
});

describe("the clicks of a week", () => {
  it("end now, and not with the last click", () => {
    const parts = weekOf(
      [
        hour("2026-03-09T12:00:00Z", 5),
        hour("2026-03-14T11:00:00Z", 2),
        hour("2026-03-14T12:00:00Z", 1),
      ],
      NOW,
    );

    expect(parts).toHaveLength(28);
    expect(parts[27]).toBe(3);
    expect(parts[7]).toBe(5);
    expect(parts.reduce((sum, one) => sum + one)).toBe(8);
  });

  it("hold what a clock ahead of this one counted, and nothing older", () => {
    const parts = weekOf(
      [hour("2026-03-14T13:00:00Z", 1), hour("2026-03-07T06:00:00Z", 9)],
      NOW,
    );

    expect(parts).toHaveLength(28);
    expect(parts.reduce((sum, one) => sum + one)).toBe(1);
    expect(parts[27]).toBe(1);
  });
});
