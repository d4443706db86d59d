import { useSpeech } from "../../lib/i18n";

/** What kind of work that was; one that is new here by its own name. */
export function useKindWords(): (kind: string) => string {
  const { t } = useSpeech();
  return (kind) => {
    if (kind === "crm.webhook") return t("letters.kind.webhook");
    return kind === "crm.claim" ? t("letters.kind.claim") : kind;
  };
}
