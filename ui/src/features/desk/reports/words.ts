/** Times and shares as reports write them. */
import { useSpeech } from "../../../lib/i18n";
import { showDuration } from "../../../lib/time";

export function useFigures() {
  const { locale, number } = useSpeech();
  return {
    time: (seconds: number | null) =>
      seconds === null ? "–" : showDuration(locale, seconds),
    share: (part: number | null) =>
      part === null
        ? "–"
        : number(part, { style: "percent", maximumFractionDigits: part < 0.1 ? 1 : 0 }),
  };
}

/** `09:00`: an hour of the day, as clocks write it. */
export function showHour(locale: string, hour: number): string {
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
  }).format(new Date(Date.UTC(2026, 0, 1, hour)));
}
