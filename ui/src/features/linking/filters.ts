/** What the screen of linking shows, as it stands in the URL. */
import type { LinkClaim } from "../../api/model";
import { readPeriod, type Period } from "../../lib/period";
import { oneOf, textOf } from "../../lib/search";

export const OUTCOMES = [
  "linked",
  "confirmed",
  "displaced",
  "forked",
  "already",
  "waiting",
  "conflict",
  "refused_strong",
  "refused_undone",
  "refused_repeated",
  "undone",
  "retracted",
] as const satisfies readonly LinkClaim["outcome"][];

export type Outcome = (typeof OUTCOMES)[number];

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface LinkingFilters extends Period {
  site?: string | undefined;
  /** Which questions: those that wait, if absent. */
  questions?: "decided" | undefined;
  /** Of the log. */
  outcome?: Outcome | undefined;
  visitor?: string | undefined;
  contact?: string | undefined;
}

const ID = /^[\w-]{1,64}$/;

/** Takes what it understands from a URL that anybody may have written. */
export function readLinkingFilters(search: Record<string, unknown>): LinkingFilters {
  const idOf = (value: unknown) => {
    const text = textOf(value);
    return text !== undefined && ID.test(text) ? text : undefined;
  };
  return {
    site: textOf(search.site),
    questions: search.questions === "decided" ? "decided" : undefined,
    outcome: oneOf(OUTCOMES, search.outcome),
    visitor: idOf(search.visitor),
    contact: idOf(search.contact),
    ...readPeriod(search),
  };
}
