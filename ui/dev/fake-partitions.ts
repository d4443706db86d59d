/** Months of events, for the fake Pista. */
import type { PartitionMonth, Partitions, Removal } from "../src/api/model";

export function makePartitions(changes: Partial<Partitions> = {}): Partitions {
  const items = Array.from({ length: 14 }, (_, back) => monthBack(back));
  return {
    items,
    bytes: items.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    disk: { free: 183_000_000_000, total: 250_000_000_000 },
    tenantOnly: false,
    retentionMonths: 12,
    cleanupOlderThanMonths: 13,
    autoCleanup: true,
    nextCleanupAt: "2025-12-01T06:00:00Z",
    removals: [],
    ...changes,
  };
}

function monthBack(back: number): PartitionMonth {
  const now = new Date();
  const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back));
  const events = Math.round(560_000 * (1 + 0.4 * Math.sin(back * 1.7)) - back * 17_000);
  const tables = [
    { table: "events", rows: Math.round(events * 0.8), bytes: events * 31 },
    { table: "events_hourly", rows: 9_200, bytes: 9_200 * 180 },
    { table: "visitor_weeks", rows: Math.round(events * 0.06), bytes: events * 2 },
  ];
  return {
    month: date.toISOString().slice(0, 7),
    events,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
    tables,
    current: back === 0,
    accepted: back <= 12,
  };
}

/** As on an installation that several companies share. */
export function makeShared(): Partitions {
  const items = makePartitions().items.map((month) => ({
    ...month,
    rows: null,
    bytes: null,
    tables: [],
  }));
  return makePartitions({ items, bytes: null, disk: null, tenantOnly: true });
}

/** As a worker would: each removal gets a step further. */
export function goOnRemoving(partitions: Partitions): void {
  for (const removal of partitions.removals) goOn(partitions, removal);
}

function goOn(partitions: Partitions, removal: Removal): void {
  if (removal.state === "waiting") {
    removal.state = "running";
    removal.partsLeft = 2;
  } else if (removal.state === "running") {
    removal.state = "done";
    removal.partsLeft = null;
    removal.finishedAt = new Date().toISOString();
    partitions.items = partitions.items.filter(({ month }) => month !== removal.month);
  }
}

/** The status and the body with which the request is answered. */
export function removeMonth(
  partitions: Partitions,
  month: string,
  confirm: string | null,
): Removal | "partition_not_confirmed" | "partition_not_found" {
  if (confirm !== month) return "partition_not_confirmed";
  const found = partitions.items.find((one) => one.month === month);
  if (found === undefined) return "partition_not_found";
  const removal: Removal = {
    id: crypto.randomUUID(),
    month,
    state: "waiting",
    askedBy: "Ana Souza",
    askedAt: new Date().toISOString(),
    finishedAt: null,
    events: found.events,
    bytes: found.bytes,
    partsLeft: null,
    error: null,
  };
  partitions.removals.unshift(removal);
  return removal;
}
