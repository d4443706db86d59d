/** Which columns a table of clientes may have besides who they are. */
export const COLUMNS = [
  "status",
  "timer",
  "asesor",
  "campaign",
  "source",
  "returns",
  "outcome",
  "nextAction",
  "created",
] as const;
export type Column = (typeof COLUMNS)[number];

export const USUAL_COLUMNS: readonly Column[] = [
  "status",
  "timer",
  "asesor",
  "campaign",
  "returns",
  "created",
];

/** In the order of the table; undefined for the usual ones. */
export function columnsOf(names: readonly unknown[]): readonly Column[] | undefined {
  const columns = COLUMNS.filter((one) => names.includes(one));
  const usual =
    columns.length === USUAL_COLUMNS.length &&
    columns.every((one) => USUAL_COLUMNS.includes(one));
  return usual || columns.length === 0 ? undefined : columns;
}
