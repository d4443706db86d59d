import { useCallback } from "react";

import { useSpeech } from "../../lib/i18n";
import { showBucket } from "../../lib/time";

/** `2026-03` as people say it. */
export function useMonthWord(): (month: string) => string {
  const { locale } = useSpeech();
  return useCallback(
    (month) => showBucket(locale, "UTC", "month", `${month}-01T00:00:00Z`, "long"),
    [locale],
  );
}
