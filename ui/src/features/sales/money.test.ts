import { describe, expect, it } from "vitest";

import { readCents } from "./money";

describe("an amount that somebody types", () => {
  it.each([
    ["19,99", 1999],
    ["19.99", 1999],
    ["R$ 1.234,56", 123456],
    ["1,234.56", 123456],
    ["1 234", 123400],
    ["7", 700],
    ["0,5", 50],
    ["0", undefined],
    ["", undefined],
    ["1.234.56", undefined],
    ["1.234.567", 123456700],
    ["1.234,567", undefined],
    ["doce", undefined],
    ["19,999,99", undefined],
  ])("%s is %s cents", (typed, cents) => {
    expect(readCents(typed)).toBe(cents);
  });

  it("has no cents where its currency has none", () => {
    expect(readCents("15.990", "CLP")).toBe(1599000);
    expect(readCents("19,99", "CLP")).toBeUndefined();
    expect(readCents("19,99", "PEN")).toBe(1999);
  });
});
