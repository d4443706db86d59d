import { expect, test } from "vitest";

import { madeAt, newVisitorId, uuid } from "./ids";

test("an id is a UUIDv7 of this moment, and no two are the same", () => {
  const ids = Array.from({ length: 1000 }, uuid);

  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) {
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(Math.abs(madeAt(id) - Date.now())).toBeLessThan(1000);
  }
});

test("a visitor id says when it was made and fits the server's limits", () => {
  expect(newVisitorId()).toMatch(/^v\d{13}_[\da-f]{18}$/);
});
