/** Amounts are whole cents everywhere but in front of people. */
import { useCallback } from "react";

import { useSpeech } from "./i18n";

/** Those that are offered; a shop's mapping and the API take any other. */
export const CURRENCIES = [
  ...["BRL", "USD", "EUR", "PEN", "MXN", "COP", "CLP", "ARS", "UYU", "PYG", "BOB"],
  ...["CRC", "DOP", "GTQ", "HNL", "NIO", "VES"],
] as const;

const MOST = 1_000_000_000_000;
const WRITTEN = /^(\d{1,3}(?:([.,\s])\d{3}(?:\2\d{3})*)?|\d{1,10})(?:([.,])(\d{1,2}))?$/;

/** 1999 for what somebody typed as 19,99 or 19.99; undefined for what is no amount of it. */
export function readCents(typed: string, currency = "BRL"): number | undefined {
  const found = WRITTEN.exec(typed.replace(/R\$/i, "").trim());
  if (found === null) return undefined;
  const [, whole = "", between, point, part = ""] = found;
  if (between !== undefined && between === point) return undefined;
  const cents = Number(whole.replace(/\D/g, "")) * 100 + Number(part.padEnd(2, "0"));
  if (cents % 100 !== 0 && !hasCents(currency)) return undefined;
  return cents > 0 && cents <= MOST ? cents : undefined;
}

/** Of pesos of Chile, say, there are no parts. */
function hasCents(currency: string): boolean {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits !== 0;
}

/** An amount in the reader's way of writing. */
export function useMoney(): (cents: number, currency: string) => string {
  const { number } = useSpeech();
  return useCallback(
    (cents, currency) => number(cents / 100, { style: "currency", currency }),
    [number],
  );
}
