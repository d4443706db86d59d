/** What the alert screens show, as it stands in the URL. */
import { oneOf, textOf } from "../../lib/search";
import { KINDS, type Kind } from "./rules";

export const FIRING_STATES = ["firing", "recovered"] as const;

export interface FiringFilters {
  /** Only of this rule. */
  rule?: string;
  state?: (typeof FIRING_STATES)[number];
}

export function readFiringFilters(search: Record<string, unknown>): FiringFilters {
  return { rule: textOf(search.rule), state: oneOf(FIRING_STATES, search.state) };
}

export function readNewRule(search: Record<string, unknown>): { kind?: Kind } {
  return { kind: oneOf(KINDS, search.kind) };
}

export function readOpenRule(search: Record<string, unknown>): {
  edit?: true;
  state?: FiringFilters["state"];
} {
  return {
    edit: search.edit === true ? true : undefined,
    state: oneOf(FIRING_STATES, search.state),
  };
}
