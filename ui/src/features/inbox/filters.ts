/** Which conversations are listed, and which is open; it lives in the URL. */
import { oneOf, textOf } from "../../lib/search";

const BOXES = ["mine", "none"] as const;
export type Box = (typeof BOXES)[number];

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface InboxFilters {
  /** Mine, or nobody's; all that one may see, if absent. */
  box?: Box | undefined;
  status?: "closed" | undefined;
  unread?: true | undefined;
  /** The number or bot. */
  channel?: string | undefined;
  q?: string | undefined;
  /** The conversation that is open. */
  talk?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readInboxFilters(search: Record<string, unknown>): InboxFilters {
  return {
    box: oneOf(BOXES, search.box),
    status: search.status === "closed" ? "closed" : undefined,
    unread: search.unread === true ? true : undefined,
    channel: UUID.exec(textOf(search.channel) ?? "")?.[0],
    q: wordsOf(search.q),
    talk: UUID.exec(textOf(search.talk) ?? "")?.[0],
  };
}

/** The router reads digits in a URL as a number: `987612` is what somebody searched. */
function wordsOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : textOf(value);
  return text === undefined || text.trim() === "" ? undefined : text.slice(0, 200);
}

export function isNarrowed({ box, unread, channel, q, status }: InboxFilters): boolean {
  return [box, unread, channel, q, status].some((one) => one !== undefined);
}
