/** Exports, for the fake Pista. */
import type {
  Export,
  ExportFile,
  Exports,
  NewExport,
  NewExportSchedule,
} from "../src/api/model";

const DAY = 86_400_000;
const ENDING = { parquet: "parquet", csv: "csv.gz", ndjson: "ndjson.gz" };

export function makeExport(changes: Partial<Export> = {}): Export {
  const { from = "2025-11-01", to = "2025-11-14", format = "parquet" } = changes;
  const total = Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
  const made: Export = {
    id: crypto.randomUUID(),
    from,
    to,
    format,
    target: "folder",
    state: "done",
    daysTotal: total,
    daysDone: total,
    events: 0,
    bytes: 0,
    error: null,
    requestedBy: "ana@aurora.example",
    createdAt: "2025-11-30T13:05:00Z",
    startedAt: "2025-11-30T13:05:01Z",
    finishedAt: "2025-11-30T13:06:11Z",
    files: [],
    ...changes,
  };
  while (made.files.length < made.daysDone) addFile(made);
  return made;
}

function addFile(made: Export): void {
  const day = new Date(Date.parse(made.from) + made.files.length * DAY)
    .toISOString()
    .slice(0, 10);
  const events = 17_000 + ((made.files.length * 7_919) % 6_000);
  const file: ExportFile = {
    day,
    name: `part-${day}.${ENDING[made.format]}`,
    events,
    bytes: events * 34,
  };
  made.files.push(file);
  made.events += events;
  made.bytes += file.bytes;
}

export function makeExports(changes: Partial<Exports> = {}): Exports {
  return {
    schedule: {
      enabled: true,
      format: "parquet",
      target: "folder",
      prefix: "events",
      hour: 2,
      lastDay: "2025-11-29",
      lastError: null,
    },
    items: [
      makeExport({ state: "running", daysDone: 4, finishedAt: null }),
      makeExport({
        from: "2025-11-29",
        to: "2025-11-29",
        requestedBy: null,
      }),
      makeExport({
        state: "failed",
        format: "csv",
        target: "s3",
        daysDone: 3,
        error: "The store answers 403: the key may not write to this bucket.",
      }),
      makeExport({ state: "cancelled", format: "ndjson", daysDone: 1 }),
    ],
    s3Configured: true,
    next: null,
    ...changes,
  };
}

/** As a worker would: each export gets a day further. */
export function goOnExporting(exports: Exports): void {
  for (const made of exports.items) goOn(made);
}

function goOn(made: Export): void {
  if (made.state === "waiting") made.state = "running";
  else if (made.state === "running") {
    made.daysDone += 1;
    addFile(made);
    if (made.daysDone < made.daysTotal) return;
    made.state = "done";
    made.finishedAt = new Date().toISOString();
  }
}

export function requestExport(exports: Exports, wanted: NewExport): Export {
  const made = makeExport({
    ...wanted,
    state: "waiting",
    daysDone: 0,
    createdAt: new Date().toISOString(),
    startedAt: null,
    finishedAt: null,
  });
  exports.items.unshift(made);
  return made;
}

export function setSchedule(
  exports: Exports,
  wanted: NewExportSchedule,
): Exports["schedule"] {
  exports.schedule = {
    format: "parquet",
    target: "folder",
    lastDay: exports.schedule?.lastDay ?? null,
    lastError: null,
    ...wanted,
  };
  return exports.schedule;
}

/** The export, or why it cannot be changed so. */
export function changeExport(
  exports: Exports,
  id: string,
  change: string,
): Export | "export_finished" | "export_not_failed" | "export_not_found" {
  const made = exports.items.find((one) => one.id === id);
  if (made === undefined) return "export_not_found";
  const open = made.state === "waiting" || made.state === "running";
  if (change === "cancel") {
    if (!open) return "export_finished";
    made.state = "cancelled";
  } else {
    if (open || made.state === "done") return "export_not_failed";
    made.state = "waiting";
    made.error = null;
  }
  return made;
}
