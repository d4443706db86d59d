/** What is wrong with settings before they are sent, and how they are sent. */
import type { DeskSettings, NewDeskSettings } from "../../api/model";

type SettingsProblem = "warning" | "hours" | "wizard" | "rules" | "pauses";

export function problemsOf(settings: DeskSettings): SettingsProblem[] {
  const { limitSeconds, warningSeconds, hours, wizard } = settings;
  const problems: SettingsProblem[] = [];
  if (warningSeconds > limitSeconds) problems.push("warning");
  if (
    hours.some(({ opens, closes }) => opens === "" || closes === "" || opens >= closes)
  ) {
    problems.push("hours");
  }
  const unnamed = wizard.some(
    ({ title, fields }) =>
      title.trim() === "" ||
      fields.some(
        ({ label, kind, choices }) =>
          label.trim() === "" ||
          ((kind === "choice" || kind === "choices") && (choices ?? []).length === 0),
      ),
  );
  if (unnamed) problems.push("wizard");
  const { on, rules = [], limit } = settings.assigning;
  if (on && (limit < 1 || rules.some(({ name }) => name.trim() === ""))) {
    problems.push("rules");
  }
  const named = settings.pauses.map(({ name }) => name.trim().toLowerCase());
  if (named.includes("") || new Set(named).size < named.length) problems.push("pauses");
  return problems;
}

/** Without what nobody sees: spaces around names, choices of what is no choice. */
export function tidied(settings: DeskSettings): NewDeskSettings {
  const { limitSeconds, warningSeconds, hours, outcomes, wizard } = settings;
  const { leads, assigning, goals, escalation, pauses } = settings;
  return {
    leads,
    assigning,
    goals,
    escalation,
    pauses: pauses.map((pause) => ({ ...pause, name: pause.name.trim() })),
    limitSeconds,
    warningSeconds,
    hours,
    outcomes,
    wizard: wizard.map((step) => ({
      ...step,
      title: step.title.trim(),
      fields: step.fields.map((field) => ({
        ...field,
        label: field.label.trim(),
        choices: field.kind === "choice" || field.kind === "choices" ? field.choices : [],
      })),
    })),
  };
}
