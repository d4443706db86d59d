/** Why a cliente is not in hand any more. */
import { ApiError } from "../../../api/client";
import type { ClientNews } from "../news";

export type Lost =
  | { why: "time" | "withdrawn" | "given" | "lock" | "elsewhere" }
  | { why: "locked"; name: string };

/** What a piece of news means for who has this cliente in hand; most mean nothing. */
export function lostByNews(news: ClientNews, me: string): Lost | "look" | undefined {
  if (news.type === "CLIENT_RETURNED_TO_GTR") {
    return { why: news.reason === "timeout_no_gestionado" ? "time" : "withdrawn" };
  }
  if (news.type === "CLIENT_REASSIGNED") {
    return { why: news.asesorId === me ? "lock" : "given" };
  }
  // Its lock may have been broken, which the news does not say.
  return news.type === "CLIENT_UPDATED" ? "look" : undefined;
}

/** What a refused call means; one that did not arrive means nothing. */
export function lostByError(error: unknown, me: string): Lost | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { status, code, holder } = error;
  if (status === 423) {
    if (holder === undefined) return { why: "lock" };
    return holder.id === me ? { why: "elsewhere" } : { why: "locked", name: holder.name };
  }
  const gone = code === "lock_lost" || code === "move_not_possible" || status === 404;
  return gone ? { why: "lock" } : undefined;
}
