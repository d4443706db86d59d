/**
 * Calls `work` at once, then at most once every `pause` milliseconds; a call in
 * between is not lost but made when the pause is over.
 */
export function throttle(work: () => void, pause: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;

  function rest(): void {
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      work();
      rest();
    }, pause);
  }

  return () => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    work();
    rest();
  };
}
