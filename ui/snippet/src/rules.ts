/** What an answer means for its batch; 0 stands for no answer at all. */
export function verdict(status: number): "settle" | "split" | "retry" {
  if (status == 413) return "split";
  // All else is stored, or refused in a way that a repetition cannot change.
  return /^(0|408|425|429|5..)$/.test(status as never) ? "retry" : "settle";
}

const MOST_MS = 60e3;
const ASKED_MOST_MS = 3600e3;

/** How long to wait after this many earlier failures: 1 s to 60 s with jitter, or as the server asks. */
export function retryDelay(failures: number, retryAfter: string | null | undefined, chance: number): number {
  const backoff = Math.min(MOST_MS, 2 ** failures * 2e3) * (0.5 + chance / 2);
  // Servers may also name a date; the backoff will do for those.
  return Math.max(backoff, Math.min(ASKED_MOST_MS, +retryAfter! * 1e3) || 0);
}
