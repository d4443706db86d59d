/** Funnels that lose about as many as a shop's do, the same every time. */
import type { Funnel } from "../src/api/model";

const KEPT = [1, 0.34, 0.52, 0.61, 0.7];
const SECONDS = [null, 48, 305, 5_400, 93_000];

/** Answers a funnel for a shop with so many events a day. */
export function funnel(perDay: number, query: URLSearchParams): Funnel {
  const types = query.getAll("step");
  const filters = query.getAll("filter");
  const first = Math.round(perDay * (query.has("siteId") ? 0.1 : 0.25));
  let visitors = first;
  return {
    dateRange: { from: query.get("from") ?? "", to: query.get("to") ?? "" },
    timeZone: "America/Sao_Paulo",
    windowMinutes: Number(query.get("windowMinutes") ?? 1440),
    steps: types.map((eventType, index) => {
      const before = visitors;
      const own = filters.filter((one) => one.startsWith(`${index + 1}:`));
      visitors = Math.round(
        before * (KEPT[index] ?? 0.8) * (index > 0 ? 0.5 ** own.length : 1),
      );
      return {
        eventType,
        filters: own.map((one) => one.slice(one.indexOf(":") + 1)),
        visitors,
        conversion: first === 0 ? null : visitors / first,
        conversionFromPrevious: before === 0 ? null : visitors / before,
        droppedOff: before - visitors,
        medianSeconds: visitors === 0 ? null : (SECONDS[index] ?? null),
      };
    }),
  };
}
