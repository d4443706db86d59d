/** Queues with work in them, for the fake Pista. */
import type { QueueMonitor, QueueStats } from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

const PATH = "/api/queue-monitor";
const NOW = "2025-11-30T15:00:00Z";

export interface FakeQueues {
  stats: QueueMonitor;
  cleared: string[];
}

function makeQueue(name: string, changes: Partial<QueueStats["total"]> = {}): QueueStats {
  const total = {
    kind: name,
    waiting: 0,
    active: 0,
    delayed: 0,
    dead: 0,
    completed: 0,
    failed: 0,
    retried: 0,
    oldest: null,
    ...changes,
  };
  return { name, stopped: [], total, kinds: [total] };
}

export function makeQueues(): FakeQueues {
  const none = { waiting: 0, active: 0, completed: 0, failed: 0, delayed: 0 };
  return {
    cleared: [],
    stats: {
      webhook: { ...none, waiting: 14, active: 2, completed: 18_543, failed: 3 },
      message: { ...none, completed: 892 },
      deduplication: { cachedMessages: 14_502 },
      queues: [
        makeQueue("webhook", {
          waiting: 14,
          active: 2,
          dead: 3,
          completed: 18_543,
          failed: 3,
          oldest: "2025-11-30T14:59:12Z",
        }),
        makeQueue("message", {
          delayed: 2,
          completed: 892,
          oldest: "2025-11-30T14:20:00Z",
        }),
        makeQueue("other", { completed: 77 }),
      ],
      at: NOW,
    },
  };
}

export function queues(
  state: FakeQueues,
  { method, path, query, body }: Request,
): Answer | undefined {
  if (!path.startsWith(PATH)) return undefined;
  if (path === `${PATH}/stats`) return { status: 200, body: state.stats };
  if (path === `${PATH}/history`) return { status: 200, body: history(state) };
  if (path === `${PATH}/clear` && method === "DELETE") return clear(state, query);
  const { queue } = body as { queue: string };
  const found = state.stats.queues.find(({ name }) => name === queue);
  if (found !== undefined) {
    found.stopped = path.endsWith("/pause")
      ? [{ since: NOW, by: "Ana Torres", everywhere: false }]
      : [];
  }
  return { status: 200, body: { queues: path.endsWith("/pause") ? [queue] : [] } };
}

function clear(state: FakeQueues, query: URLSearchParams): Answer {
  const queue = query.get("queue") ?? "";
  const found = state.stats.queues.find(({ name }) => name === queue);
  const removed = (found?.total.waiting ?? 0) + (found?.total.delayed ?? 0);
  if (found !== undefined) found.total = { ...found.total, waiting: 0, delayed: 0 };
  state.cleared.push(queue);
  return { status: 200, body: { queue, removed, kinds: { "chat.webhook": removed } } };
}

function history(state: FakeQueues) {
  const last = Date.parse(NOW);
  return {
    queues: state.stats.queues.map(({ name }, queue) => ({
      name,
      points: Array.from({ length: 60 }, (_, minute) => ({
        at: new Date(last - (59 - minute) * 60_000).toISOString(),
        waiting: queue === 0 ? (minute * 7) % 20 : 0,
        done: queue === 2 ? 0 : 40 + ((minute * 13) % 30),
        failed: minute % 17 === 0 ? 1 : 0,
      })),
    })),
  };
}
