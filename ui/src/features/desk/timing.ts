/** What a timer says. */

type Urgency = "calm" | "warning" | "over";

export function secondsUntil(moment: string, now: number): number {
  return Math.ceil((Date.parse(moment) - now) / 1_000);
}

export function urgencyOf(seconds: number, warning: number): Urgency {
  if (seconds <= 0) return "over";
  return seconds <= warning ? "warning" : "calm";
}

/** `4:05`, `1:00:00`: as a clock shows a length of time. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = two(whole % 60);
  return hours === 0
    ? `${String(minutes)}:${rest}`
    : `${String(hours)}:${two(minutes)}:${rest}`;
}
