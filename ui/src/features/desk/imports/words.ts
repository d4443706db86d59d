/** What the server says of a row, in words. */
import type { Translate } from "../../../lib/i18n";

const PROBLEMS = {
  "phone blocked": "deskImport.problem.phone",
  "phone invalid": "deskImport.problem.phone",
  "email blocked": "deskImport.problem.email",
  "email invalid": "deskImport.problem.email",
  "asesor: nobody here": "deskImport.problem.asesor",
  "next action: no date": "deskImport.problem.date",
  "no phone or e-mail": "deskImport.problem.nobody",
} as const;

export function problemText(problem: string, t: Translate): string {
  for (const [said, key] of Object.entries(PROBLEMS)) {
    if (said === problem) return t(key);
  }
  return problem;
}
