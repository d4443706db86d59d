import { newVisitorId, uuid } from "./ids";
import { cookie, read, remove, setCookie, write } from "./storage";
import { guard } from "./guard";

/** What `localStorage.rstk_local` holds; fields of others in it are left alone. */
export interface Local {
  visitor_id: string;
  session_id: string;
  session_count: number;
  first_visit: number;
  last_activity: number;
}

export const LOCAL = "rstk_local";
export const VISITOR = "rstk_vid";
const OPTED_OUT = "rstk_optout";
const IDLE_MS = 30 * 60 * 1000;

const valid = (id?: string) => /^[\w-]{1,64}$/.test(id || "") && id;

/** The visit after one more sign of life at `now`. */
export function continued(local: Partial<Local>, cookieId: string, now: number): Local {
  // A clock set back makes the idle time negative: the session goes on, from the new time.
  const alive =
    now - (local.last_activity as number) < IDLE_MS &&
    /^[\da-f-]{36}$/i.test(local.session_id || "");
  return Object.assign(local, {
    visitor_id: valid(local.visitor_id) || valid(cookieId) || newVisitorId(),
    session_id: alive ? (local.session_id as string) : uuid(),
    session_count: (local.session_count || 0) + +!alive,
    first_visit: local.first_visit || now,
    last_activity: now,
  });
}

const recall = () =>
  guard(() => JSON.parse(read(LOCAL) || cookie(LOCAL)) as Partial<Local>)() || {};

/** The visitor's id if there is one; asking is no activity. */
export const knownVisitor = () => valid(recall().visitor_id) || valid(cookie(VISITOR));

let refreshed = false;

/** Counts one activity and answers whose it is; every tab reads and writes the same state. */
export function visit(): Local {
  const local = continued(recall(), cookie(VISITOR), Date.now());
  const json = JSON.stringify(local);
  if (!write(LOCAL, json)) setCookie(LOCAL, json);
  if (!refreshed || cookie(VISITOR) != local.visitor_id) setCookie(VISITOR, local.visitor_id);
  refreshed = true;
  return local;
}

/** Global Privacy Control, Do Not Track, or `pista.optOut()`. */
export const refused = (): unknown =>
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
  (navigator.doNotTrack as unknown) == 1 ||
  read(OPTED_OUT) ||
  cookie(OPTED_OUT);

export function forget(): void {
  remove(LOCAL);
  setCookie(LOCAL, "");
  setCookie(VISITOR, "");
}

export function remember(choice: "1" | ""): void {
  write(OPTED_OUT, choice);
  setCookie(OPTED_OUT, choice);
}
