/** The page must never pay for a mistake of ours: what fails in here stays in here. */
export function guard<A extends unknown[], R>(work: (...args: A) => R) {
  return (...args: A): R | undefined => {
    try {
      return work(...args);
    } catch {
      // Deliberately nothing, not even a line in the page's console.
    }
    return undefined;
  };
}

/** Before anything in the page can stop the event: the window comes first when it is captured. */
export function listen(
  types: string,
  handler: (event: never) => void,
  target: EventTarget = window,
): void {
  for (const type of types.split(" "))
    target.addEventListener(type, guard(handler) as EventListener, true);
}

export const later = (ms: number, work: () => void) => setTimeout(guard(work), ms);

/** Does the work once, however often it is asked for in the meantime. */
export function calmly(ms: number, work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    later(ms, () => {
      waiting = false;
      work();
    });
  };
}
