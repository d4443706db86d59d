/** What an advisor asks of one cliente; every write carries the lock's token. */
import { queryOptions } from "@tanstack/react-query";

import { api } from "../../../api/client";
import type {
  Answers,
  DeskBeat,
  Cliente,
  Completion,
  DeskLease,
  WizardDraft,
} from "../../../api/model";
import { DESK_KEY, pathOf } from "../queries";

/** Without `takeOver` another window of one's own keeps it. */
export function takeLock(
  id: number,
  lockToken: string | null,
  takeOver: boolean,
): Promise<DeskLease> {
  return api.post<DeskLease>(`${pathOf(id)}/lock`, { lockToken, takeOver });
}

export function letGo(id: number, lockToken: string): Promise<void> {
  return api.post(`${pathOf(id)}/unlock`, { lockToken });
}

export function openWizard(
  id: number,
  asesorId: string,
  lockToken: string,
): Promise<Cliente> {
  return api.post<Cliente>(`${pathOf(id)}/open-wizard`, { asesorId, lockToken });
}

/** The tab is still there; that somebody does something, is told apart. */
export function beat(id: number, lockToken: string): Promise<DeskBeat> {
  return api.post<DeskBeat>(`${pathOf(id)}/heartbeat`, { lockToken, active: false });
}

export function sayActive(id: number, lockToken: string): Promise<DeskBeat> {
  return api.post<DeskBeat>(`${pathOf(id)}/activity`, { lockToken });
}

export function complete(
  id: number,
  asesorId: string,
  lockToken: string,
  completion: Completion,
): Promise<Cliente> {
  const body = { asesorId, lockToken, ...completion };
  return api.post<Cliente>(`${pathOf(id)}/complete-wizard`, body);
}

export function giveBack(id: number, lockToken: string, why: string): Promise<Cliente> {
  return api.post<Cliente>(`${pathOf(id)}/give-back`, { why, lockToken });
}

export function transfer(
  id: number,
  lockToken: string,
  toAsesorId: string,
  why: string,
): Promise<Cliente> {
  const body = { toAsesorId, why, lockToken };
  return api.post<Cliente>(`${pathOf(id)}/transfer`, body);
}

export function draftQuery(id: number) {
  return queryOptions({
    queryKey: [...DESK_KEY, "draft", id],
    queryFn: ({ signal }) => api.get<WizardDraft>(`${pathOf(id)}/draft`, signal),
    // It is read once; from then on this screen is the one that writes it.
    staleTime: Infinity,
    gcTime: 0,
  });
}

export function keepDraft(
  id: number,
  lockToken: string,
  answers: Answers,
  revision: number,
): Promise<WizardDraft> {
  const body = { answers, revision, lockToken };
  return api.put<WizardDraft>(`${pathOf(id)}/draft`, body);
}
