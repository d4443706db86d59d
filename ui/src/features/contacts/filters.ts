/** Which contacts are looked for; it lives in the URL. */
import { oneOf, textOf } from "../../lib/search";

export const KINDS = [
  "email",
  "phone",
  "whatsapp",
  "telegram",
  "crm",
  "user_id",
] as const;
export type Kind = (typeof KINDS)[number];

export const MOST_SEARCHED = 200;

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface ContactFilters {
  q?: string | undefined;
  tag?: string | undefined;
  source?: string | undefined;
  has?: Kind | undefined;
  /** Questions for a person instead of contacts, and which of them. */
  view?: "review" | undefined;
  state?: "decided" | undefined;
}

export function readContactFilters(search: Record<string, unknown>): ContactFilters {
  return {
    q: wordsOf(search.q)?.slice(0, MOST_SEARCHED),
    tag: wordsOf(search.tag)?.slice(0, 64),
    source: /^[a-z0-9_.:-]{1,40}$/.exec(textOf(search.source) ?? "")?.[0],
    has: oneOf(KINDS, search.has),
    view: search.view === "review" ? "review" : undefined,
    state: search.state === "decided" ? "decided" : undefined,
  };
}

/** The router reads digits in a URL as a number: `987612` is what somebody searched. */
function wordsOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : textOf(value);
  return text === undefined || text.trim() === "" ? undefined : text;
}

export function isNarrowed({ q, tag, source, has }: ContactFilters): boolean {
  return [q, tag, source, has].some((one) => one !== undefined);
}
