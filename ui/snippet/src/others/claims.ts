import { path } from "../elements";
import { guard, later, listen } from "../guard";
import { uuid } from "../ids";
import { read, write } from "../storage";
import type { Messages } from "./messages";

const STICKY = "_ud";
const SEEN = "rstk_seen";
const MOST_SEEN = 30;
const SUBMIT = "rstk_submit";
/** How long after a submit `_ud` may tell of it, also on the page that comes after. */
const LOOKS_MS = 45e3;
const LOOK_MS = 500;

export interface Sticky {
  contactId: string;
  locationId: string;
}

const known = (id: unknown): id is string => typeof id == "string" && /^[\w-]{8,64}$/.test(id);

/** Which contact a `_ud` is about. Others use that name, too, and pages write what they like. */
export const readSticky = guard((json: unknown, location?: unknown): Sticky | undefined => {
  const { id, customer_id, location_id } = JSON.parse(json as string) as Record<string, unknown>;
  const contactId = id || customer_id;
  const locationId = location || location_id;
  return known(contactId) && known(locationId) ? { contactId, locationId } : undefined;
});

/** Tells the server which contact GoHighLevel made of this visitor; three ids and nothing of the person. */
export function watchClaims(origins: Set<string>, messages: Messages): void {
  const told = new Set<string>();

  function claim({ contactId, locationId }: Sticky, submissionId: string): void {
    told.add(contactId);
    messages.say("ids", { event: "ghl_update", contactId, locationId, submissionId });
  }

  /** The first time that this submission is heard of: a form tells of it again each time it loads. */
  function isNew(submission: string): boolean {
    const seen = read(SEEN).split(" ");
    if (seen.includes(submission)) return false;
    write(SEEN, [submission].concat(seen).slice(0, MOST_SEEN).join(" "));
    return true;
  }

  listen("message", ({ data, origin, source }: MessageEvent<unknown>) => {
    // From a frame of this very page, whatever it is called and wherever it stands.
    if (!origins.has(origin) || !source || source == window) return;
    if ((source as Window).parent != window || !Array.isArray(data)) return;
    const [what, key, json, location, submission] = data as unknown[];
    if (what != "set-sticky-contacts" || key != STICKY || !known(submission)) return;
    const sticky = readSticky(json, location);
    if (sticky && isNew(submission)) claim(sticky, submission);
  });

  /*
   * On GoHighLevel's own pages the form is no frame, and no message comes: there `_ud` changes after a
   * submit. As it stands it means nothing, since it stays for whoever is next at this browser.
   */
  const sticky = () => guard(() => localStorage.getItem(STICKY))() || "";
  let looking = false;

  function look(): void {
    const [at, id, before] = (guard(() => sessionStorage.getItem(SUBMIT))() || "").split(" ");
    const since = Date.now() - +at!;
    if (!id || since < 0 || since > LOOKS_MS) return;
    const now = sticky();
    const found = digest(now) == before ? undefined : readSticky(now);
    if (found) {
      guard(() => sessionStorage.removeItem(SUBMIT))();
      if (!told.has(found.contactId)) claim(found, id);
    } else if (!looking) {
      looking = true;
      later(LOOK_MS, () => {
        looking = false;
        look();
      });
    }
  }

  listen("submit", (event: Event) => {
    if (!path(event)[0]) return;
    told.clear();
    sessionStorage.setItem(SUBMIT, `${Date.now()} ${uuid()} ${digest(sticky())}`);
    look();
  });
  look();
}

/** Tells two texts apart without keeping what is in them. */
export function digest(text: string): string {
  let hash = 5381;
  for (let at = 0; at < text.length; at++) hash = (hash * 33 + text.charCodeAt(at)) | 0;
  return `${text.length}.${hash}`;
}
