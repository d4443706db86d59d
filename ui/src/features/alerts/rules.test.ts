import { describe, expect, it } from "vitest";

import {
  canJudge,
  countFirings,
  draftOf,
  isComplete,
  judge,
  newDraft,
  ofKind,
  previewOf,
  termsOf,
  type Condition,
  type Draft,
} from "./rules";

const hour = (actual: number, low: number | null = null, high: number | null = null) => ({
  start: "",
  actual,
  expected: low === null || high === null ? null : (low + high) / 2,
  low,
  high,
});

const limit = (changes: Partial<Condition>): Condition => ({
  ...newDraft("threshold"),
  metric: "events",
  ...changes,
});
const marks = (condition: Condition, points: ReturnType<typeof hour>[]) =>
  judge(condition, points)
    .map(({ fires }) => (fires ? "!" : "."))
    .join("");

describe("a draft", () => {
  it.each([
    [{}, false], // no limit yet
    [{ threshold: 0 }, true],
    [{ threshold: -1 }, false],
    [{ threshold: 0, comparison: "below" }, false], // nothing is below 0
    [{ threshold: 0.5, comparison: "below" }, true],
  ] as const)("of a limit with %j is complete: %s", (changes, complete) => {
    const draft: Draft = { ...newDraft("threshold"), ...changes };
    expect(isComplete(draft)).toBe(complete);
    expect(termsOf(draft) !== undefined).toBe(complete);
  });

  it("sends what its kind has, and nothing else", () => {
    expect(termsOf({ ...newDraft("silence"), eventType: "BUY" })).toEqual({
      kind: "silence",
      metric: "events",
      eventType: "BUY",
      siteId: null,
      windowMinutes: 30,
    });
    expect(termsOf({ ...newDraft("anomaly"), threshold: 7 })).toEqual({
      kind: "anomaly",
      metric: "uniqueVisitors",
      eventType: null,
      siteId: null,
      comparison: "either",
      sensitivity: 4,
    });
  });

  it("of page views has no other type", () => {
    const draft: Draft = {
      ...newDraft("anomaly"),
      metric: "pageViews",
      eventType: "BUY",
    };
    expect(termsOf(draft)?.eventType).toBeNull();
  });

  it("can be drawn before its limit is known", () => {
    expect(previewOf({ ...newDraft("threshold"), comparison: "below" })).toMatchObject({
      comparison: "above",
      threshold: 0,
    });
  });

  it("of another kind begins with that kind's usual values", () => {
    const draft: Draft = { ...newDraft("anomaly"), siteId: "s", sensitivity: 9 };
    expect(ofKind(draft, "silence")).toEqual({ ...newDraft("silence"), siteId: "s" });
  });

  it("is the rule that it was made of", () => {
    const rule = { ...newDraft("threshold"), threshold: 5, eventType: null };
    const other = { name: "", enabled: true, webhookUrl: null, lastValue: null };
    const more = { lastExpected: null, lastEvaluatedAt: null, createdAt: "", id: "" };
    const state = { state: "ok", stateSince: "" } as const;
    expect(draftOf({ ...rule, ...other, ...more, ...state })).toEqual({
      ...newDraft("threshold"),
      threshold: 5,
    });
  });
});

describe("what a rule would have done", () => {
  it.each([
    [limit({ threshold: 10 }), [9, 10, 11, 12, 3, 11], "..!!.!"],
    [limit({ threshold: 10, comparison: "below" }), [9, 10, 0], "!.!"],
    [limit({ threshold: null }), [9, 99], ".."],
    // Three hours together, and none before three are there.
    [limit({ threshold: 10, windowMinutes: 180 }), [9, 9, 1, 0, 9, 9], "!..!"],
    [limit({ threshold: 10, windowMinutes: 90 }), [99, 99], ".."], // hours can't tell
    [limit({ metric: "uniqueVisitors", threshold: 1, windowMinutes: 120 }), [9, 9], ".."],
    [{ ...newDraft("silence"), windowMinutes: 120 }, [0, 0, 0, 4, 0, 0], "!!..!"],
    [{ ...newDraft("silence"), windowMinutes: 90 }, [0, 0, 1], "!."],
    [newDraft("silence"), [0, 0], ".."], // half an hour may be silent in an hour that is not
  ])("with %j over %j: %s", (condition, values, expected) => {
    expect(
      marks(
        condition,
        values.map((value) => hour(value)),
      ),
    ).toBe(expected);
  });

  it.each([
    ["either", "!.!."],
    ["above", "!..."],
    ["below", "..!."],
  ] as const)("with what is %s of the expected: %s", (comparison, expected) => {
    const points = [hour(31, 10, 30), hour(30, 10, 30), hour(9, 10, 30), hour(500)];
    expect(marks({ ...newDraft("anomaly"), comparison }, points)).toBe(expected);
  });

  it("counts hours in a row as one time", () => {
    const points = [9, 11, 12, 3, 11].map((value) => hour(value));
    expect(countFirings(judge(limit({ threshold: 10 }), points))).toBe(2);
    expect(countFirings([])).toBe(0);
  });

  it("is told for whole hours only", () => {
    expect(canJudge(limit({ threshold: 1, windowMinutes: 15 }))).toBe(false);
    expect(canJudge(newDraft("anomaly"))).toBe(true);
  });
});
