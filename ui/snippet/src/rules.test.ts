import { expect, test } from "vitest";

import { retryDelay, verdict } from "./rules";

test.each([
  [202, "settle"],
  [400, "settle"],
  [401, "settle"],
  [403, "settle"],
  [422, "settle"],
  [413, "split"],
  [0, "retry"],
  [408, "retry"],
  [425, "retry"],
  [429, "retry"],
  [500, "retry"],
  [503, "retry"],
])("an answer of %i means: %s", (status, means) => {
  expect(verdict(status)).toBe(means);
});

test.each([
  ["the first failure waits a second or two", 0, null, 0, 1000],
  ["the first failure waits a second or two", 0, null, 1, 2000],
  ["later ones twice as long each", 3, null, 1, 16000],
  ["at most a minute", 50, null, 1, 60000],
  ["the server may ask for more", 0, "120", 0, 120000],
  ["but for no less", 3, "1", 1, 16000],
  ["and for no more than an hour", 0, "999999", 0, 3600000],
  ["a date is no number", 0, "Wed, 21 Oct 2026 07:28:00 GMT", 0, 1000],
])("%s", (_, failures, retryAfter, chance, expected) => {
  expect(retryDelay(failures, retryAfter, chance)).toBe(expected);
});
