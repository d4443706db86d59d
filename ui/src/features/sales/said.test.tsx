import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { LanguageProvider } from "../../lib/i18n";
import { useSaid } from "./said";

describe("what the server says of a payment", () => {
  it.each([
    ["The body cannot be read.", "It cannot be read."],
    ["It answered 500.", "The gateway answered 500."],
    [
      "It answered 401. The token is wrong, or may not do this.",
      "The gateway answered 401: the token is wrong, or may not do this.",
    ],
    ["It gave no answer (ReadTimeout).", "The gateway does not answer."],
    [
      "The code was made, and could not be sent: Too late.",
      "The code was made and could not be sent: copy it. (Too late.)",
    ],
    ["Something that is new here.", "Something that is new here."],
  ])("%s", (sentence, said) => {
    const { result } = renderHook(useSaid, { wrapper: LanguageProvider });
    expect(result.current(sentence)).toBe(said);
  });
});
