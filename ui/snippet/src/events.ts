import { guard } from "./guard";
import { uuid } from "./ids";
import { bytes } from "./queue";
import { visit } from "./visitor";

export type Metadata = Record<string, unknown>;
export type Track = (type: string, metadata?: Metadata) => void;

const TEXT_CHARS = 2048;
// The server takes 8 KiB.
const METADATA_BYTES = 8000;

/** JSON without the halves of cut emoji, for which a strict parser would refuse the whole batch. */
const toJson = guard((value: unknown) =>
  JSON.stringify(value).replace(/\\ud[89a-f]../g, "\\ufffd"),
);

/** As much of the metadata as fits; what is too large or is no JSON stays out. */
export function fitted(metadata: Metadata): Metadata {
  const kept: Metadata = {};
  let room = METADATA_BYTES;
  for (const name in metadata) {
    const value = metadata[name];
    const text = typeof value == "string" ? value.slice(0, TEXT_CHARS) : value;
    const json = toJson({ [name]: text });
    if (json && bytes(json) < room) {
      room -= bytes(json);
      kept[name] = text;
    }
  }
  return kept;
}

/** One event as a line of JSON; counts as a sign of life of the session. */
export function describe(type: unknown, metadata?: Metadata): string {
  const { visitor_id, session_id } = visit();
  return toJson({
    // The type comes first: the queue finds it there.
    eventType: String(type),
    eventId: uuid(),
    visitorId: visitor_id,
    sessionId: session_id,
    occurredAt: new Date(),
    metadata: fitted(Object.assign({ url: location.href }, metadata)),
  })!;
}
