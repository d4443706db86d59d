/** Why a cliente is not in hand any more. */
import { ApiError } from "../../../api/client";
import type { ClientNews, LockNews } from "../news";

export type Lost =
  | { why: "time" | "withdrawn" | "given" | "lock" | "elsewhere" }
  | { why: "givenTo" | "broken" | "locked"; name: string };

/** What a piece of news means for who has this cliente in hand; most mean nothing. */
export function lostByNews(news: ClientNews, me: string): Lost | "look" | undefined {
  if (news.type === "CLIENT_RETURNED_TO_GTR") {
    return { why: news.reason === "timeout_no_gestionado" ? "time" : "withdrawn" };
  }
  if (news.type === "CLIENT_REASSIGNED") {
    // To whom it went is told, with a name, to who asks.
    return news.asesorId === me ? { why: "lock" } : "look";
  }
  // Somebody may have changed what is on the screen.
  return news.type === "CLIENT_UPDATED" ? "look" : undefined;
}

/** What it means that somebody has it in hand, or nobody any more. */
export function lostByLock(
  { holder, by }: LockNews,
  me: string,
): Lost | "look" | undefined {
  if (holder !== null)
    return holder.id === me ? "look" : { why: "locked", name: holder.name };
  if (by === null) return { why: "lock" };
  return by.id === me ? undefined : { why: "broken", name: by.name };
}

/** What a refused call means; one that did not arrive means nothing. */
export function lostByError(error: unknown, me: string): Lost | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { status, code, holder, current } = error;
  if (status === 423) {
    if (holder === undefined) return { why: "lock" };
    return holder.id === me ? { why: "elsewhere" } : { why: "locked", name: holder.name };
  }
  const name = current?.asesor_nombre;
  if (name != null && current?.asesor_asignado !== me) return { why: "givenTo", name };
  const gone = code === "lock_lost" || code === "move_not_possible" || status === 404;
  return gone ? { why: "lock" } : undefined;
}

/** Nobody has it in hand: the lease ended while this window could not renew it. */
export function isLeaseOver(error: unknown): boolean {
  return error instanceof ApiError && error.code === "lock_lost";
}

/** Another window of one's own has it in hand. */
export function isElsewhere(error: unknown, me: string): boolean {
  return error instanceof ApiError && error.status === 423 && error.holder?.id === me;
}
