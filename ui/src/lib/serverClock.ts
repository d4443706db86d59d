/**
 * What time it is on the server: a laptop's clock may be minutes off, and be set meanwhile.
 *
 * Each answer says in which second it was sent. It was sent after the question was asked and before
 * the answer was here, so every answer narrows down how far the two clocks are apart.
 */

/** The server's clock minus this one's lies between the two, in milliseconds. */
interface Bounds {
  least: number;
  most: number;
}

/** A `Date` header has whole seconds. */
const COARSENESS = 1_000;

/** How much two clocks may drift before what was known of them is old. */
const TRUSTED = 10 * 60_000;

/** What is known after one more answer; the newest wins where it contradicts what was known. */
export function narrowed(known: Bounds | undefined, heard: Bounds): Bounds {
  if (known === undefined) return heard;
  const least = Math.max(known.least, heard.least);
  const most = Math.min(known.most, heard.most);
  return least <= most ? { least, most } : heard;
}

let bounds: Bounds | undefined;
let since = 0;

/** Takes in an answer's date; times are of this browser. */
export function hearServerDate(
  date: string | null,
  askedAt: number,
  heardAt: number,
): void {
  const sent = Date.parse(date ?? "");
  if (Number.isNaN(sent)) return;
  const heard = { least: sent - heardAt, most: sent + COARSENESS - askedAt };
  if (heardAt - since > TRUSTED || heardAt < since) {
    bounds = undefined;
    since = heardAt;
  }
  bounds = narrowed(bounds, heard);
}

/** The server's time, as well as it is known, in milliseconds. */
export function serverNow(): number {
  const apart = bounds === undefined ? 0 : (bounds.least + bounds.most) / 2;
  // Less than the clock's own coarseness is not a difference.
  const known = bounds !== undefined && (bounds.least > 0 || bounds.most < 0);
  return Date.now() + (known ? apart : 0);
}

export function forgetServerClock(): void {
  bounds = undefined;
}
