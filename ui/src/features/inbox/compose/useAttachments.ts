import { useEffect, useRef, useState } from "react";

import { upload } from "../../../api/upload";
import type { ChatMedia } from "../../../api/model";
import { withQuery } from "../../../api/client";
import {
  kindOf,
  refusalOf,
  typeOf,
  type Platform,
  type Refusal,
  type SentKind,
  type Uploaded,
} from "./files";

export interface Attachment {
  id: string;
  file: File;
  kind: SentKind | undefined;
  refusal: Refusal | undefined;
  /** A picture to look at before it is sent. */
  picture: string | undefined;
  /** How much of it is uploaded, from 0 to 1. */
  share: number;
  media: ChatMedia | undefined;
  error: unknown;
}

interface Attachments {
  items: readonly Attachment[];
  /** All that can be sent is uploaded. */
  ready: readonly Uploaded[] | undefined;
  add: (files: Iterable<File>) => void;
  again: (id: string) => void;
  drop: (id: string) => void;
  clear: () => void;
}

export const MOST_FILES = 10;
/** What is larger is no picture to be read into the memory as a text. */
const LARGEST_PICTURE = 10 * 2 ** 20;

/** Files that wait to be sent. They are uploaded at once, and given up when they are taken away. */
export function useAttachments(platform: Platform, mostBytes: number): Attachments {
  const [items, setItems] = useState<readonly Attachment[]>([]);
  const uploads = useRef(new Map<string, AbortController>());
  const change = (id: string, fields: Partial<Attachment>) =>
    setItems((all) => all.map((one) => (one.id === id ? { ...one, ...fields } : one)));

  useEffect(() => {
    const running = uploads.current;
    return () => running.forEach((one) => one.abort());
  }, []);

  async function start(id: string, file: File): Promise<void> {
    const controller = new AbortController();
    uploads.current.set(id, controller);
    change(id, { share: 0, error: null });
    try {
      const path = withQuery("/api/chat/media", { filename: file.name });
      const media = await upload<ChatMedia>(
        path,
        file,
        (share) => change(id, { share }),
        controller.signal,
      );
      change(id, { media, share: 1 });
    } catch (error) {
      if (!controller.signal.aborted) change(id, { error });
    } finally {
      uploads.current.delete(id);
    }
  }

  function add(files: Iterable<File>): void {
    const added = [...files].slice(0, MOST_FILES - items.length).map((file) => ({
      id: crypto.randomUUID(),
      file,
      kind: kindOf(file, platform),
      refusal: refusalOf(file, platform, mostBytes),
      picture: undefined,
      share: 0,
      media: undefined,
      error: null,
    }));
    setItems((all) => [...all, ...added]);
    for (const { id, file, refusal } of added) {
      if (refusal !== undefined) continue;
      void start(id, file);
      void pictureOf(file).then((picture) => change(id, { picture }));
    }
  }

  function drop(id: string): void {
    uploads.current.get(id)?.abort();
    setItems((all) => all.filter((one) => one.id !== id));
  }

  const wanted = items.filter(({ refusal }) => refusal === undefined);
  const uploaded = wanted.flatMap(({ media, kind, file }): Uploaded[] =>
    media === undefined || kind === undefined
      ? []
      : [{ mediaId: media.id, kind, filename: file.name.slice(-240) }],
  );
  return {
    items,
    ready: uploaded.length === wanted.length ? uploaded : undefined,
    add,
    again: (id) => {
      const found = items.find((one) => one.id === id);
      if (found !== undefined) void start(id, found.file);
    },
    drop,
    clear: () => setItems([]),
  };
}

/** As a `data:` address: pages of Pista load nothing else. */
async function pictureOf(file: File): Promise<string | undefined> {
  if (!typeOf(file).startsWith("image/") || file.size > LARGEST_PICTURE) return undefined;
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () =>
      resolve(typeof reader.result === "string" ? reader.result : undefined);
    reader.onerror = () => resolve(undefined);
    reader.readAsDataURL(file);
  });
}
