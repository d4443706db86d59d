import { watchClicks } from "./clicks";
import { type Config, readConfig } from "./config";
import { startDelivery } from "./delivery";
import { describe, type Metadata } from "./events";
import { watchForms } from "./forms";
import { guard, listen } from "./guard";
import { watchPages } from "./pages";
import { clear, nameQueue } from "./queue";
import { watchScroll } from "./scroll";
import { forget, knownVisitor, refused, remember } from "./visitor";

/** A call made before the snippet was there: `["SIGN_UP", {plan: "pro"}]` or `["optOut"]`. */
type Call = Iterable<unknown>;

interface Pista {
  track: (type: string, metadata?: Metadata) => void;
  /** Null where the visitor refuses. */
  visitorId: () => string | null | undefined;
  optOut: () => void;
  optIn: () => void;
  /** Says who the visitor is; the second script sends it. */
  identify: (who: unknown) => void;
  named: unknown[];
  q: Call[];
}

/** Our token, and what ad platforms put into an address: `fbclid`, `gbraid`, `msclkid`, `click_id` … */
const AD = /(pista|[cklr].id)=/;
/** GoHighLevel's forms, in a frame or in a page of its own; and a script tag that names others. */
const FORMS = '[src*="/widget/"],#_builder-form,[data-forms]';

const page = window as { pista?: Partial<Pista> };

function install(config: Config): void {
  const { tag } = config;
  nameQueue(`rstk_queue.${tag.dataset.site!}.`);
  const deliver = startDelivery(config);
  const early = (page.pista && page.pista.q) || [];
  let active = false;
  let begun = false;
  let fillForms = () => {};
  const named: unknown[] = [];
  const more = document.createElement("script");

  /** Fetches the second script, which knows forms and ads of others, where there is something to do. */
  function fetchMore(): void {
    if (!more.src && (named[0] || AD.test(location.href) || document.querySelector(FORMS))) {
      more.src = tag.src.replace("snip.js", "snip-forms.js");
      document.head.append(more);
    }
  }

  const track = guard((type: string, metadata?: Metadata) => {
    if (!active) early.push([type, metadata]);
    else if (!refused()) deliver(describe(type, metadata));
  });
  const visitorId = guard(() => (!refused() && knownVisitor()) || null);

  function begin(): void {
    if (refused()) {
      forget();
      clear();
    } else if (!begun) {
      begun = true;
      watchPages(track, watchScroll(track))();
      watchClicks(track);
      fillForms = watchForms(track, visitorId, fetchMore);
    }
    fillForms();
  }

  const choose = (choice: "1" | "") =>
    guard(() => {
      remember(choice);
      if (active) begin();
    });

  const pista: Pista = {
    track,
    visitorId,
    optOut: choose("1"),
    optIn: choose(""),
    identify: (who) => {
      named.push(who);
      fillForms();
    },
    named,
    q: early,
  };

  const run = guard((call: Call) => {
    const [name, ...rest] = call as [keyof Pista, ...never[]];
    const method = pista[name] as ((...args: unknown[]) => void) | undefined;
    if (method) method(...rest);
    else track(name, ...rest);
  });

  page.pista = pista;
  // Another tab may have refused, or begun anew.
  listen("storage", () => {
    fillForms();
  });

  const activate = guard(() => {
    active = true;
    early.forEach(run);
    early.push = run as unknown as typeof early.push;
    begin();
  });
  // A page that the browser only prepares is no visit yet.
  if ((document as { prerendering?: boolean }).prerendering)
    listen("prerenderingchange", activate);
  else if (!document.title && document.readyState[0] == "l")
    listen("DOMContentLoaded", activate);
  else activate();
}

guard(() => {
  if (page.pista && page.pista.visitorId) return;
  const config = readConfig();
  if (config) install(config);
  else console.warn("pista: tag?");
})();
