import type { Track } from "./events";
import { later, listen } from "./guard";

// Time for a router to finish its redirects and set the title.
const SETTLE_MS = 50;

/**
 * What makes a page of a single-page app: the hash only where it serves as a path, and nothing of the
 * click's token, which is taken out of the address meanwhile.
 */
const address = () => location.href.replace(/.pista=\w{32}|#(?!!?\/).*/g, "");

/** Page views, also those without a load. Answers a function that counts the page if it is a new one. */
export function watchPages(track: Track, onView: () => void): () => void {
  let current = "";

  function view(): void {
    const from = current;
    current = address();
    onView();
    track("PAGE_VIEW", {
      title: document.title,
      [from ? "from" : "referrer"]: from || document.referrer,
    });
  }

  const look = () => {
    if (address() != current) view();
  };
  const moved = () => later(SETTLE_MS, look);

  for (const name of ["pushState", "replaceState"] as const) {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the caller's `this`
    const original = History.prototype[name];
    History.prototype[name] = function (this: History, ...args) {
      // Whatever it returns: other scripts may have wrapped it, too.
      // eslint-disable-next-line @typescript-eslint/no-confusing-void-expression -- as said
      const result = original.apply(this, args) as undefined;
      moved();
      return result;
    };
  }
  listen("popstate hashchange", moved);
  listen("pageshow", (event: PageTransitionEvent) => event.persisted && view());
  return look;
}
