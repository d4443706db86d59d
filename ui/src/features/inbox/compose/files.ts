/** Which files may be sent, as what, and how large: as the platforms say it. */
import type { SendMessage, SendingState } from "../../../api/model";

export type Platform = SendingState["platform"];
export type SentKind = NonNullable<SendMessage["media"]>["kind"];

const MB = 2 ** 20;
const OFFICE = "application/vnd.openxmlformats-officedocument.";

const BY_ENDING: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  mp4: "video/mp4",
  "3gp": "video/3gpp",
  aac: "audio/aac",
  amr: "audio/amr",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  pdf: "application/pdf",
  txt: "text/plain",
  docx: `${OFFICE}wordprocessingml.document`,
  xlsx: `${OFFICE}spreadsheetml.sheet`,
  pptx: `${OFFICE}presentationml.presentation`,
};

const WHATSAPP: Readonly<Record<string, SentKind>> = {
  "image/jpeg": "image",
  "image/png": "image",
  "video/mp4": "video",
  "video/3gpp": "video",
  "audio/aac": "audio",
  "audio/amr": "audio",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "audio/ogg": "audio",
  "application/pdf": "document",
  "text/plain": "document",
  [`${OFFICE}wordprocessingml.document`]: "document",
  [`${OFFICE}spreadsheetml.sheet`]: "document",
  [`${OFFICE}presentationml.presentation`]: "document",
};

const TELEGRAM: Readonly<Record<string, SentKind>> = {
  "image/jpeg": "image",
  "image/png": "image",
  "video/mp4": "video",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "audio/ogg": "voice",
};

const MOST: Readonly<Record<Platform, Partial<Record<SentKind, number>>>> = {
  whatsapp: { image: 5 * MB, video: 16 * MB, audio: 16 * MB, document: 100 * MB },
  telegram: {
    image: 10 * MB,
    video: 50 * MB,
    audio: 50 * MB,
    voice: 50 * MB,
    document: 50 * MB,
  },
};

/** What the file is: what the browser says, or else its name. */
export function typeOf({ name, type }: Pick<File, "name" | "type">): string {
  const [told = ""] = type.toLowerCase().split(";");
  if (told !== "" && told !== "application/octet-stream") return told;
  return BY_ENDING[name.toLowerCase().split(".").at(-1) ?? ""] ?? told;
}

/** As what it is sent; undefined if the platform takes no such file. */
export function kindOf(
  file: Pick<File, "name" | "type" | "size">,
  platform: Platform,
): SentKind | undefined {
  const type = typeOf(file);
  if (platform === "whatsapp") return WHATSAPP[type];
  const kind = TELEGRAM[type] ?? "document";
  // Telegram takes a large picture as a file.
  return file.size > (MOST.telegram[kind] ?? 0) ? "document" : kind;
}

export interface Refusal {
  key:
    | "inbox.file.empty"
    | "inbox.file.type"
    | "inbox.file.tooLarge"
    | "inbox.file.tooLargeHere";
  /** How large it may be, where that is why. */
  most?: number;
}

/** Why the file cannot be sent, before a byte of it is uploaded. */
export function refusalOf(
  file: Pick<File, "name" | "type" | "size">,
  platform: Platform,
  mostHere: number,
): Refusal | undefined {
  if (file.size === 0) return { key: "inbox.file.empty" };
  const kind = kindOf(file, platform);
  if (kind === undefined) return { key: "inbox.file.type" };
  const most = MOST[platform][kind] ?? 0;
  if (file.size > mostHere && mostHere <= most) {
    return { key: "inbox.file.tooLargeHere", most: mostHere };
  }
  if (file.size > most) return { key: "inbox.file.tooLarge", most };
  return undefined;
}

const CAPTIONED: Readonly<Record<Platform, readonly SentKind[]>> = {
  whatsapp: ["image", "video", "document"],
  telegram: ["image", "video", "audio", "voice", "document"],
};
const LONGEST_CAPTION = 1_024;

export interface Uploaded {
  mediaId: string;
  kind: SentKind;
  filename: string;
}

/** The messages that files and a text make: the text stands under the first that takes one. */
export function messagesOf(
  files: readonly Uploaded[],
  text: string,
  platform: Platform,
): SendMessage[] {
  const at =
    text === "" || text.length > LONGEST_CAPTION
      ? -1
      : files.findIndex(({ kind }) => CAPTIONED[platform].includes(kind));
  const sent: SendMessage[] = files.map(({ mediaId, kind, filename }, place) => ({
    type: "media",
    media: { kind, mediaId, filename, ...(place === at ? { caption: text } : {}) },
  }));
  if (text !== "" && at === -1) sent.push({ type: "text", text });
  return sent;
}
