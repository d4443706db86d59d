import { useCallback } from "react";

import { useSpeech } from "../../lib/i18n";
import { showBucket } from "../../lib/time";

/** `2026-03` as people say it. */
export function useMonthWord(): (month: string, length?: "short" | "long") => string {
  const { locale } = useSpeech();
  return useCallback(
    (month, length = "long") =>
      showBucket(locale, "UTC", "month", `${month}-01T00:00:00Z`, length),
    [locale],
  );
}
