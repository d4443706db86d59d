import { expect, test } from "vitest";

import type { Translate } from "./i18n";
import { deliveryError } from "./deliveryErrors";

const t = ((key: string, values?: Record<string, string>) =>
  [key, ...Object.values(values ?? {})].join(" ")) as Translate;

test.each([
  ["It answered 503.", "alert.error.answered 503"],
  ["It answered 301. Redirects are not followed.", "alert.error.redirected 301"],
  ["It did not answer within 10 seconds.", "alert.error.silent 10"],
  ["Nobody knows its name.", "alert.error.name"],
  ["Its name leads into an internal network.", "alert.error.internal"],
  ["Its certificate is not valid for its name.", "alert.error.certificate"],
  ["It cannot be connected to.", "alert.error.connection"],
  ["It hung up without a proper answer.", "alert.error.hungUp"],
  ["Something new.", "Something new."],
])("%s", (told, said) => {
  expect(deliveryError(t, told)).toBe(said);
});
