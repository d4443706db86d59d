import { describe, expect, it } from "vitest";

import { conditionOf, writeCondition } from "../../lib/properties";
import { addCondition, readFilters } from "./filters";

const kept = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe("filters in the URL", () => {
  it.each([
    [{}, {}],
    [{ by: "page", sort: "visitors", page: 1, compare: false }, {}], // the usual values
    [
      { by: "channel", sort: "events", page: 3, compare: true, range: "30d" },
      { by: "channel", sort: "events", page: 3, compare: true, range: "30d" },
    ],
    [{ by: "metadata.plan" }, { by: "metadata.plan" }],
    [{ by: "metadata." }, {}],
    [{ by: "metadata.a\nb" }, {}],
    [{ by: `metadata.${"k".repeat(65)}` }, {}],
    [{ by: "ip", sort: "bounces", page: -1, compare: "yes" }, {}],
    [{ page: 1.5 }, {}],
    [{ filter: "os:iOS" }, { filter: ["os:iOS"] }], // written by hand
    [{ filter: ["os:iOS", "ip:1", 7, "os"] }, { filter: ["os:iOS"] }],
    [
      { filter: Array.from({ length: 12 }, (_, n) => `page!:/${n}`) },
      { filter: Array.from({ length: 10 }, (_, n) => `page!:/${n}`) },
    ],
    [{ range: "custom", from: "2025-11-03", to: "2025-11-01" }, {}], // backwards
  ])("%j are read as %j", (search, filters) => {
    expect(kept(readFilters(search))).toEqual(filters);
  });
});

describe("a condition", () => {
  it.each([
    ["channel:direct", "channel", "direct", false],
    ["channel!:direct", "channel", "direct", true],
    ["referrer:", "referrer", "", false], // those without one
    ["page:/a:b!", "page", "/a:b!", false],
    ["metadata.plan!:pro", "metadata.plan", "pro", true],
  ])("%s is read, and written the same", (text, property, value, negated) => {
    const condition = conditionOf(text);
    expect(condition).toEqual({ property, value, negated });
    expect(writeCondition(condition!)).toBe(text);
  });

  it.each([
    [["os:iOS"], "device:mobile", ["os:iOS", "device:mobile"]],
    [["os:iOS"], "os:Android", ["os:Android"]], // nothing is both
    [["os!:iOS", "os!:Linux"], "os:Android", ["os:Android"]], // says it all
    [["os:iOS"], "os!:iOS", ["os!:iOS"]],
    [["os!:iOS"], "os!:Linux", ["os!:iOS", "os!:Linux"]],
    [["os!:iOS"], "os!:iOS", ["os!:iOS"]],
  ])("%j and %s make %j", (before, added, after) => {
    const conditions = before.map((one) => conditionOf(one)!);
    expect(addCondition(conditions, conditionOf(added)!).map(writeCondition)).toEqual(
      after,
    );
  });
});
