import { describe, expect, it } from "vitest";

import type { Cohort } from "../../api/model";
import { curveOf, mostOf, shadeOf } from "./curve";

function cohort(visitors: number[], complete = visitors.length): Cohort {
  const [all = 0] = visitors;
  return {
    start: "2025-11-03T00:00:00-03:00",
    visitors: all,
    weeks: visitors.map((count, week) => ({
      week,
      visitors: count,
      share: all === 0 ? null : count / all,
      complete: week < complete,
    })),
  };
}

describe("the average curve", () => {
  it("weighs cohorts by their visitors and leaves out weeks under way", () => {
    const cohorts = [cohort([100, 50, 20]), cohort([300, 30], 1)];

    expect(curveOf(cohorts)).toEqual([
      { week: 0, visitors: 400, of: 400 },
      { week: 1, visitors: 50, of: 100 },
      { week: 2, visitors: 20, of: 100 },
    ]);
  });

  it("is nothing where nobody came", () => {
    expect(curveOf([])).toEqual([]);
    expect(curveOf([cohort([0, 0])])).toEqual([]);
  });
});

describe("a shade", () => {
  it.each([
    [null, 0.5, 0],
    [0, 0.5, 0],
    [0.001, 0.5, 1], // somebody is not nobody
    [0.1, 0.5, 1],
    [0.11, 0.5, 2],
    [0.5, 0.5, 5],
    [1, 0.5, 5],
    [0.2, 0, 0],
  ])("of %d beside %d is %d", (share, most, shade) => {
    expect(shadeOf(share, most)).toBe(shade);
  });

  it("is beside the later weeks, as in the first everybody was there", () => {
    expect(mostOf([cohort([10, 2, 3]), cohort([0, 0])])).toBeCloseTo(0.3);
    expect(mostOf([cohort([10])])).toBe(0);
  });
});
