/** The wizard's last step, which every company has: how it ended and what comes next. */
import type { Answers, Completion, WizardStep } from "../../../api/model";

/** Kept in the draft beside the answers, under names that no field can have. */
export const OUTCOME = "$outcome";
export const NEXT_ACTION = "$nextAction";
export const NEXT_AT = "$nextActionAt";
export const NOTES = "$notas";
const OWN = [OUTCOME, NEXT_ACTION, NEXT_AT, NOTES];

export function isAnswered(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false)
    return false;
  return !(Array.isArray(value) && value.length === 0);
}

/** Which required fields of a step have no answer yet. */
export function missingIn(step: WizardStep, answers: Answers): readonly string[] {
  return step.fields
    .filter(({ id, required }) => required && !isAnswered(answers[id]))
    .map(({ id }) => id);
}

export function textOf(answers: Answers, name: string): string {
  const value = answers[name];
  return typeof value === "string" ? value : "";
}

/** What is sent when it is done. */
export function completionOf(answers: Answers): Completion {
  const at = textOf(answers, NEXT_AT);
  const moment = new Date(at);
  return {
    outcome: textOf(answers, OUTCOME) || null,
    nextAction: textOf(answers, NEXT_ACTION).trim() || null,
    nextActionAt:
      at === "" || Number.isNaN(moment.getTime()) ? null : moment.toISOString(),
    notas: textOf(answers, NOTES).trim() || null,
    answers: Object.fromEntries(
      Object.entries(answers).filter(([name]) => !OWN.includes(name)),
    ),
  };
}
