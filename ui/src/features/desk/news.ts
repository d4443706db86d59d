/** What the socket tells of clientes, and how what is on the screen follows it. */
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import type { Asesores, Cliente, Clientes, PresenceState, Status } from "../../api/model";
import { meQuery } from "../../api/queries";
import { serverNow } from "../../lib/serverClock";
import { throttle } from "../../lib/throttle";
import {
  ASESORES_KEY,
  LISTS_KEY,
  ONE_KEY,
  deskSettingsQuery,
  lookAgain,
  type Wanted,
} from "./queries";

export interface ClientNews {
  type:
    | "CLIENT_CREATED"
    | "CLIENT_UPDATED"
    | "CLIENT_REASSIGNED"
    | "CLIENT_IN_GESTION"
    | "CLIENT_COMPLETED"
    | "CLIENT_RETURNED_TO_GTR";
  seq: number;
  clienteId: number;
  asesorId: string | null;
  previousAsesor: string | null;
  reason: string | null;
  timestamp: string;
  seguimiento_status: Status;
  version: number;
  state_since: string;
  derivado_at: string | null;
  opened_at: string | null;
  last_activity: string | null;
  due_at: string | null;
  returns: number;
  escalated: boolean;
}

/** Many were made, changed or taken back at once: too many to tell one by one. */
interface ImportedNews {
  type: "CLIENTES_IMPORTED";
  seq: number;
  importId: string;
  clientes: number;
  timestamp: string;
}

interface ActivityNews {
  type: "CLIENT_ACTIVITY";
  clienteId: number;
  asesorId: string;
  last_activity: string | null;
  due_at: string | null;
}

interface Person {
  id: string;
  name: string;
}

export interface LockNews {
  type: "CLIENT_LOCK";
  clienteId: number;
  asesorId: string | null;
  /** Who has it in hand now. */
  holder: Person | null;
  /** Who did that. */
  by: Person | null;
}

/** The company's settings have changed, and with them times. */
interface SettingsNews {
  type: "DESK_SETTINGS";
}

interface PresenceNews {
  type: "ASESOR_PRESENCE";
  asesorId: string;
  state: PresenceState;
  reason: string | null;
  since: string | null;
}

/** What was missed has been told. */
interface ResumedNews {
  type: "desk_resumed";
  messages: number;
}

/** More was missed than the server still has, or tells one by one. */
interface ResyncNews {
  type: "desk_resync";
  seq?: number;
}

export type DeskNews =
  | ClientNews
  | ActivityNews
  | LockNews
  | SettingsNews
  | PresenceNews
  | ImportedNews
  | ResumedNews
  | ResyncNews;

const PAUSE = 500;

type Listener<T> = (news: T) => void;

const listeners = new Set<Listener<ClientNews>>();
const lockListeners = new Set<Listener<LockNews>>();

/** Hears each piece of news while it is on the screen. */
export function useDeskNews(onNews: Listener<ClientNews>): void {
  useHearing(listeners, onNews);
}

/** The same, of who has something in hand. */
export function useLockNews(onNews: Listener<LockNews>): void {
  useHearing(lockListeners, onNews);
}

function useHearing<T>(among: Set<Listener<T>>, onNews: Listener<T>): void {
  const hear = useEffectEvent(onNews);
  useEffect(() => {
    const listener = (news: T) => hear(news);
    among.add(listener);
    return () => void among.delete(listener);
  }, [among]);
}

/** Changes what is shown at once, and fetches the rest as soon as the news lets up a little. */
export function deskNewsFor(queries: QueryClient): (news: DeskNews) => void {
  const refetch = throttle(() => lookAgain(queries), PAUSE);
  const refetchSettings = () =>
    void queries.invalidateQueries({ queryKey: deskSettingsQuery().queryKey });
  return (news) => {
    switch (news.type) {
      case "ASESOR_PRESENCE":
        hearPresence(queries, news);
        return;
      case "CLIENT_ACTIVITY":
        changeShown(queries, news.clienteId, (known) => ({
          ...known,
          last_activity: news.last_activity,
          due_at: news.due_at,
        }));
        return;
      case "CLIENT_LOCK":
        changeShown(queries, news.clienteId, (known) => withLock(known, news));
        for (const listener of lockListeners) listener(news);
        return;
      case "DESK_SETTINGS":
        refetchSettings();
        refetch();
        return;
      case "CLIENTES_IMPORTED":
        refetch();
        return;
      case "desk_resumed":
        resumed();
        return;
      case "desk_resync":
        resumed();
        refetch();
        return;
      default:
        changeShown(queries, news.clienteId, (known) => withNews(known, news, queries));
        for (const listener of listeners) listener(news);
        refetch();
    }
  };
}

/** Where the news is resumed from after the socket was away. */
let lastSeq: number | undefined;
/** What was heard before everything that was missed had been told. */
let ahead = 0;
let resuming = false;

export function heardSeq(seq: unknown): void {
  if (typeof seq !== "number") return;
  if (resuming) ahead = Math.max(ahead, seq);
  else lastSeq = Math.max(lastSeq ?? 0, seq);
}

/** What is said to the server when the socket is back. */
export function resumption(): { type: "desk_resume"; after: number } | undefined {
  if (lastSeq === undefined) return undefined;
  // Should it be lost again before the answer, the gap is still the whole one.
  resuming = true;
  return { type: "desk_resume", after: lastSeq };
}

function resumed(): void {
  resuming = false;
  heardSeq(ahead);
}

/** A cliente after a piece of news; news that comes late changes nothing. */
export function withNews(
  known: Cliente,
  news: ClientNews,
  queries: QueryClient,
): Cliente {
  if (news.version <= known.version) return known;
  const same = news.asesorId === known.asesor_asignado;
  return {
    ...known,
    seguimiento_status: news.seguimiento_status,
    asesor_asignado: news.asesorId,
    asesor_nombre: same ? known.asesor_nombre : nameOf(queries, news.asesorId),
    derivado_at: news.derivado_at,
    opened_at: news.opened_at,
    last_activity: news.last_activity,
    due_at: news.due_at,
    state_since: news.state_since,
    returns: news.returns,
    escalated_at: news.escalated ? (known.escalated_at ?? news.timestamp) : null,
    version: news.version,
    // Whoever opened it has it in hand; who, says the next fetch.
    lock: same ? known.lock : null,
  };
}

/** A lease ends by itself; how long it has, says the next fetch. */
const LEASE = 120_000;

function withLock(known: Cliente, { holder }: LockNews): Cliente {
  const now = serverNow();
  const since = new Date(now).toISOString();
  const expires_at = new Date(now + LEASE).toISOString();
  return { ...known, lock: holder && { holder, since, expires_at } };
}

function nameOf(queries: QueryClient, asesor: string | null): string | null {
  const known = queries.getQueryData<Asesores>(ASESORES_KEY);
  return known?.items.find(({ id }) => id === asesor)?.name ?? null;
}

type Pages = InfiniteData<Clientes, string | undefined>;

function changeShown(
  queries: QueryClient,
  id: number,
  change: (known: Cliente) => Cliente,
): void {
  queries.setQueryData<Cliente>([...ONE_KEY, id], (known) => known && change(known));
  const me = queries.getQueryData(meQuery().queryKey)?.user.id;
  for (const [key, data] of queries.getQueriesData<Pages>({ queryKey: LISTS_KEY })) {
    const wanted = key[LISTS_KEY.length] as Wanted;
    const has = data?.pages.some(({ items }) => items.some((one) => one.id === id));
    if (has !== true) continue;
    queries.setQueryData<Pages>(key, (known) => changed(known, id, change, wanted, me));
  }
}

function changed(
  known: Pages | undefined,
  id: number,
  change: (cliente: Cliente) => Cliente,
  wanted: Wanted,
  me: string | undefined,
): Pages | undefined {
  if (known === undefined) return undefined;
  const pages = known.pages.map((page) => ({
    ...page,
    items: page.items
      .map((one) => (one.id === id ? change(one) : one))
      .filter((one) => one.id !== id || fits(one, wanted, me)),
  }));
  return { ...known, pages };
}

/** Whether a cliente still belongs into a list. */
export function fits(cliente: Cliente, wanted: Wanted, me: string | undefined): boolean {
  const { estatus, asesorId } = wanted;
  if (estatus !== undefined && !estatus.includes(cliente.seguimiento_status))
    return false;
  if (asesorId === undefined) return true;
  if (asesorId === "none") return cliente.asesor_asignado === null;
  return cliente.asesor_asignado === (asesorId === "me" ? me : asesorId);
}

function hearPresence(queries: QueryClient, news: PresenceNews): void {
  const { asesorId, state, reason, since } = news;
  queries.setQueryData<Asesores>(ASESORES_KEY, (known) =>
    known === undefined
      ? known
      : {
          items: known.items.map((one) =>
            one.id === asesorId
              ? { ...one, state, reason, since, present: state === "available" }
              : one,
          ),
        },
  );
}
