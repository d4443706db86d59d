/** Which clientes a supervisor looks at, and how; it lives in the URL. */
import type { Status } from "../../api/model";
import { isDay, type Day } from "../../lib/time";
import { listOf, oneOf, textOf } from "../../lib/search";
import { columnsOf, type Column } from "./columns";

export const STATUSES = [
  "nuevo",
  "derivado",
  "en_gestion",
  "no_gestionado",
  "terminado",
] as const satisfies readonly Status[];

export const MARKS = ["escalated", "late"] as const;
export type Mark = (typeof MARKS)[number];

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface DeskFilters {
  view?: "board" | undefined;
  status?: readonly Status[] | undefined;
  /** Whose: somebody's id, or nobody's. */
  asesor?: string | undefined;
  campaign?: string | undefined;
  q?: string | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
  sort?: "created" | undefined;
  /** What came back too often, or missed a goal. */
  mark?: Mark | undefined;
  /** Of the table; the usual ones, if absent. */
  columns?: readonly Column[] | undefined;
  /** Of which saved view it is, as it was or changed since. */
  saved?: string | undefined;
  /** The cliente whose history is open. */
  cliente?: number | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readDeskFilters(search: Record<string, unknown>): DeskFilters {
  const wanted = listOf(search.status);
  const status = STATUSES.filter((one) => wanted.includes(one));
  return {
    view: search.view === "board" ? "board" : undefined,
    status: status.length === 0 ? undefined : status,
    asesor:
      search.asesor === "none" ? "none" : UUID.exec(textOf(search.asesor) ?? "")?.[0],
    campaign: wordsOf(search.campaign),
    q: wordsOf(search.q),
    from: isDay(search.from) ? search.from : undefined,
    to: isDay(search.to) ? search.to : undefined,
    sort: oneOf(["created"], search.sort),
    mark: oneOf(MARKS, search.mark),
    columns: columnsOf(listOf(search.columns)),
    saved: UUID.exec(textOf(search.saved) ?? "")?.[0],
    cliente: clienteOf(search.cliente),
  };
}

/** Which cliente an advisor has open. */
export interface MyFilters {
  cliente?: number | undefined;
}

export function readMyFilters(search: Record<string, unknown>): MyFilters {
  return { cliente: clienteOf(search.cliente) };
}

function clienteOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined;
}

/** The router reads digits in a URL as a number: `987612` is what somebody searched. */
function wordsOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : textOf(value);
  return text === undefined || text.trim() === "" ? undefined : text.slice(0, 200);
}

/** Whether nobody has asked for anything yet. */
export function isBare(filters: DeskFilters): boolean {
  return Object.values(filters).every((one) => one === undefined);
}

export function isNarrowed({
  status,
  asesor,
  campaign,
  q,
  from,
  to,
  mark,
}: DeskFilters): boolean {
  return [status, asesor, campaign, q, from, to, mark].some((one) => one !== undefined);
}
