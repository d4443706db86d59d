/** Why a message did not arrive, in the reader's language: the server says it in English. */
import type { Translate } from "./i18n";

type Say = (t: Translate, part: string) => string;

const SENTENCES: readonly (readonly [RegExp, Say])[] = [
  [/^It answered (3\d\d)/, (t, status) => t("alert.error.redirected", { status })],
  [/^It answered (\d{3})/, (t, status) => t("alert.error.answered", { status })],
  [/^It did not answer within (\d+)/, (t, s) => t("alert.error.silent", { seconds: s })],
  [/^Nobody knows its (name)/, (t) => t("alert.error.name")],
  [/^Its name leads into an (internal)/, (t) => t("alert.error.internal")],
  [/^Its (certificate)/, (t) => t("alert.error.certificate")],
  [/^It cannot be (connected) to/, (t) => t("alert.error.connection")],
  [/^It (hung) up/, (t) => t("alert.error.hungUp")],
];

/** What no sentence is known for is shown as it came. */
export function deliveryError(t: Translate, told: string): string {
  for (const [sentence, say] of SENTENCES) {
    const part = sentence.exec(told)?.[1];
    if (part !== undefined) return say(t, part);
  }
  return told;
}
