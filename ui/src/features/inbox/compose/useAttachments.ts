import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";

import { upload } from "../../../api/upload";
import type { ChatMedia } from "../../../api/model";
import { withQuery } from "../../../api/client";
import { attachedKey } from "../queries";
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
  /** Ends its upload. */
  stop: AbortController;
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

const MOST_FILES = 10;
/** What is larger is no picture to be read into the memory as a text. */
const LARGEST_PICTURE = 10 * 2 ** 20;

const NONE: readonly Attachment[] = [];

/** Files that wait to be sent with the next answer. They are uploaded at once, go on while somebody
 * looks at another conversation, and are given up when they are taken away. */
export function useAttachments(
  talk: string,
  platform: Platform,
  mostBytes: number,
): Attachments {
  const queries = useQueryClient();
  const queryKey = attachedKey(talk);
  // Nobody but this page has them: they are kept as long as somebody is signed in here.
  const { data: items = NONE } = useQuery<readonly Attachment[]>({
    queryKey,
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });
  const set = (next: (all: readonly Attachment[]) => readonly Attachment[]) =>
    void queries.setQueryData<readonly Attachment[]>(queryKey, (all) =>
      next(all ?? NONE),
    );
  const change = (id: string, fields: Partial<Attachment>) =>
    set((all) => all.map((one) => (one.id === id ? { ...one, ...fields } : one)));

  async function start({ id, file, stop }: Attachment): Promise<void> {
    change(id, { share: 0, error: null });
    try {
      const path = withQuery("/api/chat/media", { filename: file.name });
      const media = await upload<ChatMedia>(
        path,
        file,
        (share) => change(id, { share }),
        stop.signal,
      );
      change(id, { media, share: 1 });
    } catch (error) {
      if (!stop.signal.aborted) change(id, { error });
    }
  }

  function add(files: Iterable<File>): void {
    const added = [...files]
      .slice(0, MOST_FILES - items.length)
      .map((file): Attachment => ({
        id: crypto.randomUUID(),
        file,
        kind: kindOf(file, platform),
        refusal: refusalOf(file, platform, mostBytes),
        picture: undefined,
        share: 0,
        media: undefined,
        error: null,
        stop: new AbortController(),
      }));
    set((all) => [...all, ...added]);
    for (const one of added) {
      if (one.refusal !== undefined) continue;
      void start(one);
      void pictureOf(one.file).then((picture) => change(one.id, { picture }));
    }
  }

  function drop(id: string): void {
    items.find((one) => one.id === id)?.stop.abort();
    set((all) => all.filter((one) => one.id !== id));
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
      if (found !== undefined) void start(found);
    },
    drop,
    clear: () => set(() => NONE),
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
