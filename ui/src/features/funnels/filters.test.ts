import { describe, expect, it } from "vitest";

import { exampleSteps, moved, readFilters, stepsOf, writeSteps } from "./filters";

const kept = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe("a funnel in the URL", () => {
  it.each([
    [{}, {}],
    [{ window: 1440, range: "7d" }, { range: "7d" }], // the usual window
    [
      { window: 90, site: "s" },
      { window: 90, site: "s" },
    ],
    [{ window: 0 }, {}],
    [{ window: 129_601 }, {}],
    [{ window: "60" }, {}],
    [{ step: "A" }, { step: ["A"] }], // written by hand
    [{ step: [] }, { step: [] }], // all taken away: no example then
    [{ step: ["A", "b c", 7, "B"] }, { step: ["A", "B"] }],
    [
      { step: ["A", "B"], filter: ["2:page:/cart", "3:page:/x", "1:ip:1", "page:/x", 4] },
      { step: ["A", "B"], filter: ["2:page:/cart"] },
    ],
    [{ filter: ["1:page:/cart"] }, {}],
    [
      { step: Array.from({ length: 12 }, () => "A") },
      { step: Array.from({ length: 10 }, () => "A") },
    ],
  ])("%j is read as %j", (search, filters) => {
    expect(kept(readFilters(search))).toEqual(filters);
  });

  it("is read as it was written", () => {
    const steps = [
      { type: "PAGE_VIEW", conditions: [] },
      {
        type: "PAGE_VIEW",
        conditions: [
          { property: "page" as const, value: "/a:b\nc", negated: false },
          { property: "metadata.plan" as const, value: "", negated: true },
        ],
      },
    ];
    expect(stepsOf(readFilters(writeSteps(steps)))).toEqual(steps);
  });
});

describe("an example", () => {
  it.each([
    [[], []],
    [["CLICK"], ["CLICK", "CLICK"]],
    [
      ["SCROLL", "CLICK"],
      ["SCROLL", "CLICK"],
    ], // nothing better
    [
      ["PURCHASE", "PAGE_VIEW", "ADD_TO_CART", "FORM_SUBMIT", "OUTBOUND_CLICK"],
      ["PAGE_VIEW", "ADD_TO_CART", "FORM_SUBMIT", "PURCHASE"],
    ], // a purchase is the end of all
    [["PURCHASE"], ["PURCHASE", "PURCHASE"]],
    [
      ["SCROLL", "SIGN_UP", "PAGE_VIEW", "BUY"],
      ["PAGE_VIEW", "SIGN_UP", "BUY"],
    ],
    [
      ["PAGE_VIEW", "A", "B", "C", "D"],
      ["PAGE_VIEW", "A", "B", "C"],
    ],
  ])("of %j is %j", (types, steps) => {
    expect(exampleSteps(types).map(({ type }) => type)).toEqual(steps);
  });
});

describe("moving a step", () => {
  const steps = ["A", "B", "C"].map((type) => ({ type, conditions: [] }));
  it.each([
    [0, 2, "BCA"],
    [2, 0, "CAB"],
    [1, 0, "BAC"],
    [1, 1, "ABC"],
  ])("from %i to %i gives %s", (from, to, order) => {
    expect(
      moved(steps, from, to)
        .map(({ type }) => type)
        .join(""),
    ).toBe(order);
  });
});
