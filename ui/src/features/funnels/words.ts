import { useCallback } from "react";

import { useSpeech } from "../../lib/i18n";

/** A share in per cent, with a decimal where it is small; a dash if there is none. */
export function usePercent(): (share: number | null) => string {
  const { number } = useSpeech();
  return useCallback(
    (share) =>
      share === null
        ? "–"
        : number(share, {
            style: "percent",
            maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0,
          }),
    [number],
  );
}
