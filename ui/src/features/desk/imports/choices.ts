/** What becomes of whom the company knows already. */
import type { Found, ImportChoices } from "../../../api/model";

export const GROUPS = ["repeated", "open", "finished"] as const;
export type Group = (typeof GROUPS)[number];
export type Deed = "skip" | "update" | "reopen";

export const DEEDS: Record<Group, readonly Deed[]> = {
  repeated: ["skip", "update"],
  open: ["skip", "update"],
  finished: ["skip", "update", "reopen"],
};

export type Chosen = Record<Group, Deed>;

export const SKIPPED: Chosen = { repeated: "skip", open: "skip", finished: "skip" };

interface Outlook {
  created: number;
  updated: number;
  reopened: number;
  skipped: number;
  refused: number;
}

/** How many rows would become what. */
export function outlook(found: Found, chosen: Chosen): Outlook {
  const of = (deed: Deed) =>
    GROUPS.reduce((sum, group) => sum + (chosen[group] === deed ? found[group] : 0), 0);
  return {
    created: found.new,
    updated: of("update"),
    reopened: of("reopen"),
    skipped: of("skip"),
    refused: found.refused,
  };
}

export function choicesOf(chosen: Chosen, asesorIds: readonly string[]): ImportChoices {
  const { repeated, open, finished } = chosen;
  return {
    repeated: repeated === "update" ? "update" : "skip",
    open: open === "update" ? "update" : "skip",
    finished,
    asesorIds: [...asesorIds],
  };
}
