import { useEffect, useRef, useState } from "react";

import type { Conversation } from "../../../api/model";
import { keepDraft } from "../queries";

const PAUSE = 700;

interface Draft {
  text: string;
  set: (text: string) => void;
}

/** What brings quick replies is no answer yet. */
export function isShortcut(text: string): boolean {
  return /^\/[\w-]*$/.test(text);
}

/** What one has begun to write: kept on the server, and there on every screen of one's own. */
export function useDraft({ id, draft }: Conversation): Draft {
  const [text, setText] = useState(draft ?? "");
  const unkept = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const keep = useRef(() => {
    const kept = unkept.current;
    if (kept === null) return;
    unkept.current = null;
    // It is still on the screen, and the next letter keeps it again.
    keepDraft(id, kept).catch(() => {
      unkept.current ??= kept;
    });
  });
  useEffect(() => {
    const flush = keep.current;
    return () => {
      clearTimeout(timer.current);
      flush();
    };
  }, []);

  function set(next: string): void {
    setText(next);
    const kept = isShortcut(next) ? "" : next;
    unkept.current = kept;
    clearTimeout(timer.current);
    timer.current = setTimeout(keep.current, kept === "" ? 0 : PAUSE);
  }
  return { text, set };
}
