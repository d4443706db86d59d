/** The rules by which leads are given out, in the reader's words. */
import type { ShareRule, ShareRules } from "../../api/model";
import { useSpeech, type Translate } from "../../lib/i18n";
import { useSourceWord } from "../contacts/words";

export const METHODS = ["round_robin", "least_loaded"] as const;

/** From where leads come. */
const SOURCES = ["form", "whatsapp", "telegram", "crm", "manual", "import"];

/** To choose from, with those that somebody has chosen already. */
export function useSources(): (
  chosen: readonly string[],
) => { value: string; label: string }[] {
  const sourceWord = useSourceWord();
  return (chosen) =>
    [...new Set([...SOURCES, ...chosen])].map((value) => ({
      value,
      label: sourceWord(value),
    }));
}

export function emptyRule(): ShareRule {
  return { name: "", campaigns: [], sources: [], skills: [], method: "round_robin" };
}

/** What the rules do, a sentence for each. */
export function useSummary(): (rules: ShareRules) => string[] {
  const { t } = useSpeech();
  const sourceWord = useSourceWord();
  return (rules) => {
    if (!rules.on) return [t("deskRules.said.off")];
    const said = (rules.rules ?? []).map((rule) => ofRule(t, sourceWord, rule));
    const others = said.length > 0 ? "others" : "all";
    said.push(
      rules.rest
        ? t(`deskRules.said.${others}.${rules.method}`)
        : t(`deskRules.said.${others}.nobody`),
    );
    said.push(t("deskRules.said.limit", { count: rules.limit }));
    if (rules.returnedHours > 0) {
      said.push(t("deskRules.said.returned", { count: rules.returnedHours }));
    }
    return said;
  };
}

function ofRule(
  t: Translate,
  sourceWord: (source: string) => string,
  { name, campaigns = [], sources = [], skills = [], method }: ShareRule,
): string {
  const which = [...campaigns, ...sources.map(sourceWord)].join(", ");
  const who = skills.join(", ");
  const words = {
    name,
    which: which === "" ? t("deskRules.said.any") : which,
    who: who === "" ? t("deskRules.said.anybody") : who,
  };
  return t(`deskRules.said.rule.${method}`, words);
}
