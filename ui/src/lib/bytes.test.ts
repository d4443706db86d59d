import { describe, expect, it } from "vitest";

import { showBytes } from "./bytes";

describe("a size", () => {
  it.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [999_499, "999 kB"],
    [999_999, "1 MB"], // not 1,000 kB
    [1_440_000_000, "1.44 GB"],
    [2.5e15, "2.5 PB"],
    [4e18, "4,000 PB"],
  ])("of %d bytes is %s", (bytes, text) => {
    expect(showBytes("en", bytes)).toBe(text);
  });

  it("is written as the language writes numbers", () => {
    expect(showBytes("es", 1_440_000_000)).toBe("1,44 GB");
  });
});
