/** Sizes as people read them: `1.4 GB`. */

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"];

export function showBytes(locale: string, bytes: number): string {
  let amount = bytes;
  let unit = 0;
  // What would be written as 1,000 of a unit is one of the next.
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[unit],
    unitDisplay: unit === 0 ? "long" : "short",
    maximumSignificantDigits: 3,
  }).format(amount);
}
