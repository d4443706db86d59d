/** Cohorts that shrink as they do, for the fake Pista. */
import type { Cohort, Retention } from "../src/api/model";

const DAY = 86_400_000;
const ZONE = "-03:00";

export function retention(
  perDay: number,
  timeZone: string,
  query: URLSearchParams,
): Retention {
  const first = mondayOf(query.get("from") ?? "2025-09-01");
  const last = mondayOf(query.get("to") ?? "2025-11-30");
  const most = Number(query.get("weeks") ?? 12);
  const eager = query.has("returnType") ? 0.3 : 1;
  const part = query.has("siteId") ? 0.4 : query.has("eventType") ? 0.1 : 1;
  const cohorts: Cohort[] = [];
  for (let start = first; start <= last; start += 7 * DAY) {
    const age = Math.round((last - start) / (7 * DAY));
    const grown = 1 + 0.3 * Math.sin(start / DAY);
    const visitors = Math.round(perDay * 0.18 * part * grown * (age === 0 ? 0.5 : 1));
    cohorts.push({
      start: `${new Date(start).toISOString().slice(0, 10)}T00:00:00${ZONE}`,
      visitors,
      weeks: Array.from({ length: Math.min(age, most) + 1 }, (_, week) => {
        const wave = 0.85 + 0.15 * Math.sin(start / DAY + week);
        const share = week === 0 ? 1 : (0.31 / week ** 0.7) * eager * wave;
        const complete = week < age;
        const count = Math.round(visitors * share * (complete || week === 0 ? 1 : 0.6));
        return {
          week,
          visitors: count,
          share: visitors === 0 ? null : count / visitors,
          complete,
        };
      }),
    });
  }
  return {
    dateRange: {
      from: `${new Date(first).toISOString().slice(0, 10)}T00:00:00${ZONE}`,
      to: `${new Date(last + 7 * DAY).toISOString().slice(0, 10)}T00:00:00${ZONE}`,
    },
    timeZone,
    eventType: query.get("eventType"),
    returnType: query.get("returnType"),
    cohorts,
  };
}

function mondayOf(day: string): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  return at - ((new Date(at).getUTCDay() + 6) % 7) * DAY;
}
