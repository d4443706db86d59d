import { describe, expect, it } from "vitest";

import { readable } from "./form";

describe("where a link leads", () => {
  it.each([
    [
      "https://wa.me/51?text=%C2%A1Hola%21%20%28CODE%29",
      "https://wa.me/51?text=¡Hola! (…)",
    ],
    ["https://t.me/CODE_bot?start=TOKEN", "https://t.me/CODE_bot?start=…"],
    ["https://shop.com/100%?pista=TOKEN", "https://shop.com/100%?pista=…"],
  ])("%s is read as %s", (address, words) => {
    expect(readable(address)).toBe(words);
  });
});
