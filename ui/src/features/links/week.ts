/** Clicks of the past seven days, in parts of six hours. */
import type { LinkHours } from "../../api/model";

const PART = 6 * 3600e3;
const PARTS = 28;

/** How many clicks came in each part; the last one ends now. */
export function weekOf(hours: LinkHours["items"], now: number): number[] {
  const parts = Array.from({ length: PARTS }, () => 0);
  for (const { start, clicks } of hours) {
    const back = Math.max(0, Math.floor((now - Date.parse(start)) / PART));
    const place = PARTS - 1 - back;
    if (place >= 0) parts[place] = (parts[place] ?? 0) + clicks;
  }
  return parts;
}
