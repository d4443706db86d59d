import { guard, later, listen } from "../guard";
import { retryDelay, verdict } from "../rules";
import { cookie } from "../storage";

const TAG = '[data-site][src*="snip.js"]';
const TOKEN = /[?&]pista=[\da-f]{32}(?![^&#])/;
const IDS = /[?&](\w*clid|[gw]braid|msclkid|(kwai_)?click_id|ScCid|utm_medium)=./;
/** Meta's own script writes its cookie a moment after the page is there. */
const COOKIE_MS = 1500;
const MOST_TRIES = 6;

interface First {
  visitorId: () => string | null | undefined;
}

/** The address without our token. */
export const cleaned = (href: string): string => {
  const [page = "", ...hash] = href.split("#");
  const rest = page.replace(TOKEN, (found) => (found[0] == "?" ? "?" : ""));
  return [rest.replace("?&", "?").replace(/\?$/, ""), ...hash].join("#");
};

/** Whether somebody came by an advertisement, as far as the address tells. */
export const isOfAnAd = (href: string): boolean => TOKEN.test(href) || IDS.test(href);

/**
 * Takes the token out of the address without the page noticing: who watches for new addresses, as the
 * first script does, would take it for one. A frame of our own has the browser's own function.
 */
function tidy(href: string): void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  document.documentElement.append(frame);
  const own = (frame.contentWindow as unknown as { History: typeof History }).History;
   
  own.prototype.replaceState.call(history, history.state, "", href);
  frame.remove();
}

/** Tells the server once; until it has answered, a few times more. */
function tell(url: URL, body: () => string): () => void {
  let told = false;
  let tries = 0;

  const send = guard(async () => {
    let status = 0;
    let after: string | null = null;
    try {
      // A plain string is text/plain, which needs no preflight.
      const answer = await fetch(url, { method: "POST", body: body(), keepalive: true });
      status = answer.status;
      after = answer.headers.get("Retry-After");
    } catch {
      // No answer: the server knows what it was told before.
    }
    if (verdict(status) == "retry" && tries < MOST_TRIES)
      later(retryDelay(tries++, after, Math.random()), () => void send());
  });

  return () => {
    if (!told) void send();
    told = true;
  };
}

guard(() => {
  const { href } = location;
  if (!isOfAnAd(href)) return;
  const { pista } = window as unknown as { pista: First };
  const { dataset, src } = document.querySelector<HTMLScriptElement>(TAG)!;
  const visitorId = pista.visitorId();
  if (!visitorId) return;
  const { referrer } = document;
  const url = new URL(`/tracking-v2/arrivals?k=${dataset.key!}`, dataset.api || src);
  const say = tell(url, () =>
    JSON.stringify({
      siteId: dataset.site,
      visitorId,
      url: href,
      referrer,
      fbp: cookie("_fbp") || null,
      fbc: cookie("_fbc") || null,
    }),
  );
  const known = TOKEN.test(href);
  if (known) guard(tidy)(cleaned(href));
  if (known || cookie("_fbp")) say();
  else {
    later(COOKIE_MS, say);
    listen("pagehide", say);
  }
})();
