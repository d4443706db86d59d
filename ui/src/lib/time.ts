/** Moments and days in the tenant's time zone, which is seldom the browser's. */

export type Granularity = "hour" | "day" | "week" | "month";

/** A day without a time: `2025-11-30`. */
export type Day = string;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it. */
function format(
  language: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

export function dayIn(timeZone: string, moment: Date): Day {
  const parts = format("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export function isDay(text: unknown): text is Day {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function showTime(language: string, timeZone: string, moment: string): string {
  return format(language, { timeZone, hour: "2-digit", minute: "2-digit" }).format(
    new Date(moment),
  );
}

/** To the second, for what happens while somebody looks. */
export function showClock(language: string, timeZone: string, moment: string): string {
  return format(language, { timeZone, timeStyle: "medium" }).format(new Date(moment));
}

export function showMoment(language: string, timeZone: string, moment: string): string {
  return format(language, { timeZone, dateStyle: "medium", timeStyle: "short" }).format(
    new Date(moment),
  );
}

export function showDay(language: string, day: Day): string {
  return format(language, { timeZone: "UTC", dateStyle: "medium" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** The start of a bucket: short under an axis, long in a table or a tooltip. */
export function showBucket(
  language: string,
  timeZone: string,
  granularity: Granularity,
  start: string,
  length: "short" | "long",
): string {
  const date = new Date(start);
  return format(language, { timeZone, ...bucketOptions(granularity, length) }).format(
    date,
  );
}

function bucketOptions(
  granularity: Granularity,
  length: "short" | "long",
): Intl.DateTimeFormatOptions {
  const short = length === "short";
  switch (granularity) {
    case "hour":
      return short
        ? { hour: "2-digit", minute: "2-digit" }
        : {
            weekday: "short",
            day: "numeric",
            month: "short",
            hour: "2-digit",
            minute: "2-digit",
          };
    case "day":
      return short
        ? { day: "numeric", month: "short" }
        : { weekday: "long", day: "numeric", month: "long", year: "numeric" };
    case "week":
      return short
        ? { day: "numeric", month: "short" }
        : { day: "numeric", month: "long", year: "numeric" };
    case "month":
      return short
        ? { month: "short", year: "2-digit" }
        : { month: "long", year: "numeric" };
  }
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A length of time in its two largest units: `2 days 3 hr`, `45 sec`. */
export function showDuration(language: string, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, length]) => whole >= length);
  if (first === -1) return unitOf(language, "second", Math.round(seconds * 10) / 10);
  let left = whole;
  const parts = UNITS.slice(first, first + 2).map(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return count === 0 ? "" : unitOf(language, unit, count);
  });
  return parts.filter(Boolean).join(" ");
}

function unitOf(language: string, unit: string, count: number): string {
  // In some countries the same language has longer names for them: `dd.` for days in Lima.
  return new Intl.NumberFormat(language.split("-")[0], {
    style: "unit",
    unit,
    unitDisplay: "short",
  }).format(count);
}

/** The moment in which a day begins in the zone. */
export function startOfDay(timeZone: string, day: Day): string {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  // Once for the zone, and once more for a clock that is put forward or back that day.
  let moment = wanted;
  for (let round = 0; round < 2; round += 1) {
    moment += wanted - wallClock(timeZone, moment);
  }
  // Where clocks are put forward at midnight, there is none: the day begins an hour later.
  const missing = Math.max(0, wanted - wallClock(timeZone, moment));
  return new Date(moment + missing).toISOString();
}

/** What the clocks of the zone show, as if they were in UTC. */
function wallClock(timeZone: string, moment: number): number {
  const parts = format("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(new Date(moment));
  const part = (type: string) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  return Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
}

/** How far the zone is from UTC at a moment: `GMT-3`. */
export function zoneOffset(timeZone: string, moment: Date): string {
  const parts = format("en-US", { timeZone, timeZoneName: "shortOffset" }).formatToParts(
    moment,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

export function zoneCity(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

/** Every zone that the browser knows, and the one in use even if it does not. */
export function timeZones(current: string): string[] {
  return [...new Set([current, "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
}
