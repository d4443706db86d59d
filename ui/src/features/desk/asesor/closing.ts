/** The wizard's last step, which every company has: how it ended and what comes next. */
import type { Answers, Cliente, Completion, WizardStep } from "../../../api/model";

/** Kept in the draft beside the answers, under names that no field can have. */
export const OUTCOME = "$outcome";
export const NEXT_ACTION = "$nextAction";
export const NEXT_AT = "$nextActionAt";
export const NOTES = "$notas";
const OWN = [OUTCOME, NEXT_ACTION, NEXT_AT, NOTES];

function isAnswered(value: unknown): boolean {
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

/** What supervisors, a file or an advisor before wrote, as long as nobody writes something else. */
export function knownOf({ next_action, next_action_at, notas }: Cliente): Answers {
  return {
    [NEXT_ACTION]: next_action ?? "",
    [NEXT_AT]: next_action_at === null ? "" : localTime(new Date(next_action_at)),
    [NOTES]: notas ?? "",
  };
}

/** As its field has it: by the clock on the wall, where somebody sits. */
function localTime(moment: Date): string {
  const shifted = moment.getTime() - moment.getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, "2026-01-31T09:30".length);
}

/** What is sent when it is done; what nobody wrote is left as it is known. */
export function completionOf(answers: Answers): Completion {
  const text = (name: string) => textOf(answers, name).trim() || null;
  const at = textOf(answers, NEXT_AT);
  const moment = new Date(at);
  return {
    outcome: textOf(answers, OUTCOME) || null,
    ...(NEXT_ACTION in answers && { nextAction: text(NEXT_ACTION) }),
    ...(NEXT_AT in answers && {
      nextActionAt:
        at === "" || Number.isNaN(moment.getTime()) ? null : moment.toISOString(),
    }),
    ...(NOTES in answers && { notas: text(NOTES) }),
    answers: Object.fromEntries(
      Object.entries(answers).filter(([name]) => !OWN.includes(name)),
    ),
  };
}
