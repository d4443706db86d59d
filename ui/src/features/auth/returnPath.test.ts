import { expect, it } from "vitest";

import { returnPath } from "./returnPath";

it.each([
  ["/settings/sites?site=1", "/settings/sites?site=1"],
  ["/", "/"],
  ["//evil.example/x", "/"], // another host
  ["/\\evil.example", "/"], // which browsers read as //
  ["/\t/evil.example", "/"], // and this too
  ["//", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/", "/"], // there and back for ever
  [undefined, "/"],
  [42, "/"],
])("%s leads to %s", (next, path) => {
  expect(returnPath(next)).toBe(path);
});
