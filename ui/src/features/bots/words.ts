/** Kinds of bots in the reader's language. */
import { useCallback } from "react";

import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";

const REASONS = [
  "academic",
  "advertising",
  "ai-crawler",
  "archiver",
  "browser-automation",
  "crawler",
  "feed-reader",
  "monitoring",
  "scanner",
  "search-engine",
  "seo",
  "social-preview",
] as const;

interface Kind {
  name: string;
  /** What such a bot does; nothing for a kind that the list has invented since. */
  what: string;
}

export function useKinds(): (reason: string) => Kind {
  const { t } = useSpeech();
  return useCallback(
    (reason) => {
      const known = oneOf(REASONS, reason);
      if (known === undefined) return { name: reason, what: t("bots.kind.unknown") };
      return { name: t(`bots.kind.${known}`), what: t(`bots.what.${known}`) };
    },
    [t],
  );
}

export function useShare(): (part: number, whole: number) => string {
  const { number } = useSpeech();
  return useCallback(
    (part, whole) =>
      number(whole === 0 ? 0 : part / whole, {
        style: "percent",
        maximumFractionDigits: 1,
      }),
    [number],
  );
}
