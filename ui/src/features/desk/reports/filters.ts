/** What a report on the desk shows, as it stands in the URL. */
import type { DeskReportBy, Move, Status } from "../../../api/model";
import { readPeriod, type Period } from "../../../lib/period";
import { oneOf, textOf } from "../../../lib/search";
import { STATUSES } from "../filters";

export const VIEWS = ["touch", "stays", "returns", "outcomes"] as const;
export type View = (typeof VIEWS)[number];

export const BYS = [
  "asesor",
  "campaign",
  "hour",
  "source",
] as const satisfies readonly DeskReportBy[];

const FIGURES = [
  "came",
  "opened",
  "in_time",
  "late",
  "unopened",
  "given",
  "given_in_time",
  "given_missed",
  "left",
  "returned",
  "completed",
] as const;
type DeskFigure = (typeof FIGURES)[number];

export const MOVES = [
  "create",
  "derive",
  "reassign",
  "transfer",
  "withdraw",
  "open",
  "complete",
  "give_back",
  "time_out",
  "reopen",
  "take_back",
] as const satisfies readonly Move[];

/** Whose clientes, and of which campaign and source. */
export interface Narrowing {
  asesor?: string | undefined;
  campaign?: string | undefined;
  source?: string | undefined;
}

/** The part of a figure whose clientes are shown. */
export interface Behind {
  figure?: DeskFigure | undefined;
  move?: Move | undefined;
  status?: Status | undefined;
  /** Empty: without one. */
  result?: string | undefined;
  hour?: number | undefined;
  /** Of one group of a table. */
  of?: string | undefined;
}

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface ReportFilters extends Period, Narrowing, Behind {
  view?: View | undefined;
  by?: DeskReportBy | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readReportFilters(search: Record<string, unknown>): ReportFilters {
  const view = oneOf(VIEWS, search.view);
  const by = oneOf(BYS, search.by);
  return {
    ...readPeriod(search),
    view: view === "touch" ? undefined : view,
    by: by === "asesor" ? undefined : by,
    asesor: UUID.exec(textOf(search.asesor) ?? "")?.[0],
    campaign: filled(wordsOf(search.campaign)),
    source: filled(wordsOf(search.source)?.slice(0, 40)),
    ...readBehind(search),
  };
}

function readBehind(search: Record<string, unknown>): Behind {
  const figure = oneOf(FIGURES, search.figure);
  if (figure === undefined) return {};
  const hour = Number(search.hour ?? Number.NaN);
  return {
    figure,
    move: oneOf(MOVES, search.move),
    status: oneOf(STATUSES, search.status),
    result: wordsOf(search.result),
    hour: Number.isInteger(hour) && hour >= 0 && hour < 24 ? hour : undefined,
    of: wordsOf(search.of),
  };
}

/** Nothing of a figure any more. */
export const CLOSED = {
  figure: undefined,
  move: undefined,
  status: undefined,
  result: undefined,
  hour: undefined,
  of: undefined,
} satisfies Behind;

/** The router reads digits in a URL as a number. */
function wordsOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : textOf(value);
  return text?.slice(0, 200);
}

function filled(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
