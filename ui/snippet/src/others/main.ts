import { guard } from "../guard";
import { watchClaims } from "./claims";
import { watchFrames } from "./frames";
import { readHosts } from "./hosts";
import { Messages, type VisitorId } from "./messages";
import { identifier, watchPeople } from "./people";

/** What the first script has made: it fetches this one where there is something for it to do. */
interface First {
  visitorId: VisitorId;
  identify: (who: Record<string, unknown>) => void;
  /** Whom the page named before this script was there. */
  named: Record<string, unknown>[];
}

// The tag of the first script, which also tells of the second.
const TAG = '[data-site][src*="snip.js"]';

guard(() => {
  const { pista } = window as unknown as { pista: First };
  const { dataset, src } = document.querySelector<HTMLScriptElement>(TAG)!;
  const { site, key, api, forms } = dataset;
  const { origins, contacts } = readHosts(forms);
  const { visitorId } = pista;
  const messages = new Messages(new URL(`/collect?k=${key}`, api || src), site!, visitorId);
  watchFrames(origins, visitorId);
  watchClaims(origins, messages);
  if (contacts) watchPeople(messages);
  // What tells of ads is a script of its own: few pages have something for it to do.
  const ads = document.createElement("script");
  ads.src = src.replace("snip.js", "snip-ads.js");
  document.head.append(ads);
  pista.identify = identifier(messages, visitorId);
  pista.named.forEach(pista.identify);
})();
