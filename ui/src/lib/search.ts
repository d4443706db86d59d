/** Reads what stands in a URL, which anybody may have written. */

export function oneOf<T extends string>(
  known: readonly T[],
  value: unknown,
): T | undefined {
  return known.find((one) => one === value);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A value that stands alone is a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
