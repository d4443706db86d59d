import type { Track } from "./events";
import { calmly, listen } from "./guard";

const MARKS = [25, 50, 75, 90, 100];
const EVERY_MS = 200;

/** Depth marks, each once a page. Answers a function that starts them anew. */
export function watchScroll(track: Track): () => void {
  let passed = 0;

  function measure(): void {
    const { scrollHeight } = document.documentElement;
    // One pixel of grace: zoomed pages end at a fraction.
    const depth = ((scrollY + innerHeight + 1) / scrollHeight) * 100;
    // Nothing compares with what comes after the last mark.
    while (MARKS[passed]! <= depth) track("SCROLL", { depth: MARKS[passed++] });
  }

  const soon = calmly(EVERY_MS, measure);
  // Boxes that scroll inside the page come by here, too.
  listen("scroll", (event: Event) => {
    if (event.target == document) soon();
  });
  return () => {
    passed = 0;
  };
}
