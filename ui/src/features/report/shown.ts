/** How the report's figures are written, and what follows from them. */
import { useCallback } from "react";

import type { SaleFigures, SaleReport, SaleReportLine } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { useMoney } from "../../lib/money";
import type { Metric } from "./filters";

export const MONEY: readonly Metric[] = ["revenueCents", "costCents"];

/** Revenue for each unit that was spent; undefined where nothing is known to be. */
export function roas({ revenueCents, costCents }: SaleFigures): number | undefined {
  return costCents ? revenueCents / costCents : undefined;
}

/** Of the sales that were paid in the money of the cost. */
export function costPerSale(figures: SaleFigures): number | undefined {
  const { salesOfCurrency, costCents } = figures;
  if (costCents == null || salesOfCurrency === 0) return undefined;
  return costCents / salesOfCurrency;
}

/** How many of every hundred went on; undefined of none. */
export function rate(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** By how much more or less; undefined where there was nothing before. */
export function change(
  now: number | null | undefined,
  before: number | null | undefined,
): number | undefined {
  if (now === null || now === undefined || !before) return undefined;
  return now / before - 1;
}

export interface Written {
  figure: (metric: Metric, value: number | null | undefined) => string;
  money: (cents: number | undefined) => string;
  /** Without cents, as they say nothing of a large sum. */
  round: (metric: Metric, value: number | null | undefined) => string;
  times: (value: number | undefined) => string;
  percent: (value: number | undefined) => string;
}

const NONE = "–";

export function useWritten(currency: string): Written {
  const { number } = useSpeech();
  const inMoney = useMoney();
  const money = useCallback(
    (cents: number | undefined) =>
      cents === undefined ? NONE : inMoney(Math.round(cents), currency),
    [inMoney, currency],
  );
  const figure = useCallback(
    (metric: Metric, value: number | null | undefined) => {
      if (value == null) return NONE;
      return MONEY.includes(metric)
        ? money(value)
        : number(value, { maximumFractionDigits: 1 });
    },
    [money, number],
  );
  const round = useCallback(
    (metric: Metric, value: number | null | undefined) =>
      MONEY.includes(metric) && value != null && Math.abs(value) >= 100_000
        ? number(value / 100, { style: "currency", currency, maximumFractionDigits: 0 })
        : figure(metric, value),
    [currency, figure, number],
  );
  const times = useCallback(
    (value: number | undefined) =>
      value === undefined ? NONE : `${number(value, { maximumFractionDigits: 2 })}×`,
    [number],
  );
  const percent = useCallback(
    (value: number | undefined) =>
      value === undefined
        ? NONE
        : number(value, { style: "percent", maximumFractionDigits: 1 }),
    [number],
  );
  return { figure, money, round, times, percent };
}

export type Column = Exclude<Metric, "costCents"> | "costCents" | "roas" | "perSale";

export const COLUMNS: readonly Column[] = [
  "clicks",
  "visits",
  "contacts",
  "conversations",
  "leads",
  "sales",
  "revenueCents",
  "costCents",
  "roas",
  "perSale",
];

export function valueOf(figures: SaleFigures, column: Column): number | undefined {
  if (column === "roas") return roas(figures);
  if (column === "perSale") return costPerSale(figures);
  return figures[column] ?? undefined;
}

/** `-sales`: from the most on. What is not known comes last, whichever way round. */
export function inOrder(report: SaleReport, sort: string | undefined): SaleReportLine[] {
  const column = COLUMNS.find((one) => one === sort?.replace("-", ""));
  if (column === undefined) return report.lines;
  const way = sort?.startsWith("-") === true ? -1 : 1;
  return report.lines.toSorted((one, other) => {
    const [a, b] = [valueOf(one.figures, column), valueOf(other.figures, column)];
    if (a === undefined || b === undefined) {
      return Number(a === undefined) - Number(b === undefined);
    }
    return (a - b) * way;
  });
}

/** What a line is called; undefined: no click is known, or its clicks do not say. */
export function nameOf(line: SaleReportLine, by: SaleReport["by"]): string | undefined {
  return line.name ?? line[by === "link" ? "linkId" : by] ?? undefined;
}
