import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ChatMessage } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { messagesQuery } from "../queries";

interface Meanwhile {
  /** What a colleague answered since one began to write. */
  answered: ChatMessage | undefined;
  /** It has been seen: what is written is sent all the same. */
  goOn: () => void;
}

/** So that nobody sends a second answer without knowing of the first. */
export function useMeanwhile(id: string, text: string): Meanwhile {
  const me = useMe().user.id;
  const pages = useInfiniteQuery(messagesQuery(id)).data?.pages;
  const newest = pages
    ?.flatMap(({ items }) => items)
    .filter(({ direction, author }) => direction === "out" && author?.id !== me)
    .reduce<ChatMessage | undefined>(
      (last, one) => (last === undefined || one.seq > last.seq ? one : last),
      undefined,
    );
  const [known, setKnown] = useState<number>();
  const seq = pages === undefined ? undefined : (newest?.seq ?? 0);
  // Until somebody begins to write, all that is on the screen is known.
  const begins = known === undefined || text.trim() === "";
  if (seq !== undefined && seq !== known && begins) setKnown(seq);
  const isNew = newest !== undefined && known !== undefined && newest.seq > known;
  return {
    answered: isNew && !begins ? newest : undefined,
    goOn: () => setKnown(seq),
  };
}
