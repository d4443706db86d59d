/** WhatsApp's templates as they are chosen, filled in and read before they are sent. */
import type { ChatTemplate, SendMessage } from "../../../api/model";

const GAP = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The names of its gaps, each once, in their order. */
export function gapsOf(text: string): string[] {
  return [...new Set([...text.matchAll(GAP)].map(([, name = ""]) => name))];
}

/** What people will read; a gap that is not filled yet stays as it is. */
export function fillGaps(text: string, values: readonly string[]): string {
  const names = gapsOf(text);
  return text.replace(GAP, (gap, name: string) => {
    const value = values[names.indexOf(name)]?.trim();
    return value === undefined || value === "" ? gap : value;
  });
}

/** What somebody has written into the gaps. */
export interface Filling {
  header: string;
  body: readonly string[];
  buttons: readonly string[];
}

export const UNFILLED: Filling = { header: "", body: [], buttons: [] };

type FileHeader = Exclude<ChatTemplate["header"], "text" | null>;

/** The file that its header is, if it is one. */
export function fileHeader({ header }: ChatTemplate): FileHeader | undefined {
  return header === null || header === "text" ? undefined : header;
}

/** Whether its header takes something: a word, or the address of a file. */
export function takesHeader(template: ChatTemplate): boolean {
  const inText = gapsOf(template.headerText ?? "").length > 0;
  return fileHeader(template) !== undefined || inText;
}

export function isFilled(template: ChatTemplate, filling: Filling): boolean {
  const all = (values: readonly string[], count: number) =>
    Array.from({ length: count }, (_, at) => values[at]?.trim() ?? "").every(Boolean);
  const header = filling.header.trim();
  const isFile = fileHeader(template) !== undefined;
  return (
    all(filling.body, template.gaps) &&
    all(filling.buttons, template.buttonGaps) &&
    (!takesHeader(template) || (isFile ? isAddress(header) : header !== ""))
  );
}

export function isAddress(text: string): boolean {
  return /^https:\/\/\S+$/.test(text.trim());
}

export function messageOf(template: ChatTemplate, filling: Filling): SendMessage {
  const { name, language, gaps, buttonGaps } = template;
  const header = takesHeader(template) ? { header: filling.header.trim() } : {};
  return {
    type: "template",
    template: {
      name,
      language,
      body: filling.body.slice(0, gaps).map((value) => value.trim()),
      buttons: filling.buttons.slice(0, buttonGaps).map((value) => value.trim()),
      ...header,
    },
  };
}

/** Those that may be sent, one for each name and language, by what somebody looks for. */
export function found(templates: readonly ChatTemplate[], words: string): ChatTemplate[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return templates.filter((one) => {
    const text = plain(`${one.name.replaceAll("_", " ")} ${one.name} ${one.body}`);
    return isApproved(one) && wanted.every((word) => text.includes(word));
  });
}

export function isApproved({ status }: ChatTemplate): boolean {
  return status === "APPROVED";
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
