import { useSpeech, type TextKey } from "../../lib/i18n";

const WORDS = new Map<string, TextKey>([
  ["crm.webhook", "letters.kind.webhook"],
  ["crm.claim", "letters.kind.claim"],
  ["chat.webhook", "letters.kind.chat"],
  ["chat.acquaint", "letters.kind.acquaint"],
  ["chat.media", "letters.kind.media"],
  ["contacts.import", "letters.kind.import"],
]);

/** What kind of work that was; one that is new here by its own name. */
export function useKindWords(): (kind: string) => string {
  const { t } = useSpeech();
  return (kind) => {
    const known = WORDS.get(kind);
    return known === undefined ? kind : t(known);
  };
}
