/** Bots of a shop, for the fake Pista. */
import type { Bots, EventStats } from "../src/api/model";

const REASONS = [
  ["search-engine", 0.42],
  ["ai-crawler", 0.27],
  ["social-preview", 0.14],
  ["seo", 0.1],
  ["browser-automation", 0.04],
  ["crawler", 0.02],
  ["brand-new-kind", 0.01],
] as const;

const NAMES = [
  ["Googlebot", "search-engine", 0.3],
  ["GPTBot", "ai-crawler", 0.2],
  ["FacebookBot", "social-preview", 0.14],
  ["bingbot", "search-engine", 0.12],
  ["AhrefsBot", "seo", 0.1],
  ["ClaudeBot", "ai-crawler", 0.07],
  ["HeadlessChrome", "browser-automation", 0.04],
  ["", "crawler", 0.02],
] as const;

const PAGES = ["/", "/ofertas", "/producto/17", "/blog/cuidado-de-la-piel", ""] as const;

/** Bots beside the people of these statistics. */
export function bots(stats: EventStats, share: number): Bots {
  const series = stats.series.map(({ start, events }, index) => ({
    start,
    peopleEvents: events,
    botEvents: Math.round(events * share * (0.7 + 0.6 * Math.abs(Math.sin(index * 2.3)))),
  }));
  const found = series.reduce((sum, { botEvents }) => sum + botEvents, 0);
  const people = series.reduce((sum, { peopleEvents }) => sum + peopleEvents, 0);
  const some = (part: number) => Math.round(found * part);
  return {
    botEvents: found,
    peopleEvents: people,
    share: found + people === 0 ? null : found / (found + people),
    sampledOut: stats.estimatedTotalEvents - stats.totalEvents,
    reasons: REASONS.map(([reason, part]) => ({ reason, events: some(part) })).filter(
      ({ events }) => events > 0,
    ),
    names: NAMES.map(([name, reason, part]) => ({
      name,
      reason,
      events: some(part),
      lastSeenAt: new Date(Date.now() - part * 8_000_000).toISOString(),
    })).filter(({ events }) => events > 0),
    pages: PAGES.map((path, index) => ({
      host: path === "" ? "" : "aurora.example",
      path,
      events: some(0.4 / (index + 1)),
    })).filter(({ events }) => events > 0),
    dateRange: stats.dateRange,
    timeZone: stats.timeZone,
    granularity: stats.granularity,
    series,
  };
}
