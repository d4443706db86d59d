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
export function fitted(metadata: Metadata): string {
  const pairs: string[] = [];
  let room = METADATA_BYTES;
  for (const name in metadata) {
    const value = metadata[name];
    const json = toJson(typeof value == "string" ? value.slice(0, TEXT_CHARS) : value);
    const pair = `${toJson(name)!}:${json!}`;
    const size = bytes(pair) + 1;
    if (json && size < room) {
      room -= size;
      pairs.push(pair);
    }
  }
  return `{${pairs.join()}}`;
}

/** One event as a line of JSON; counts as a sign of life of the session. */
export function describe(type: unknown, metadata?: Metadata): string {
  const { visitor_id, session_id } = visit();
  // The type comes first: the queue finds it there.
  return (
    `{"eventType":${toJson(String(type))!},"eventId":"${uuid()}","visitorId":"${visitor_id}",` +
    `"sessionId":"${session_id}","occurredAt":"${new Date().toISOString()}",` +
    `"metadata":${fitted(Object.assign({ url: location.href }, metadata))}}`
  );
}
