import { guard } from "../guard";

/** Where GoHighLevel serves forms, surveys and calendars from. */
const KNOWN = ["https://api.leadconnectorhq.com", "https://link.msgsndr.com"];
const CONTACTS = "contacts";

export interface Hosts {
  /** Origins, to be met exactly. */
  origins: Set<string>;
  /** Whether the site's own forms make contacts. */
  contacts: boolean;
}

/** Reads `data-forms`: origins of further form hosts, and `contacts`. */
export function readHosts(attribute = ""): Hosts {
  const words = attribute.split(/[\s,]+/);
  const origins = words.filter((word) => /^https?:/.test(word)).map(guard((word) => new URL(word).origin));
  return {
    origins: new Set(KNOWN.concat(origins.filter((origin) => origin !== undefined))),
    contacts: words.includes(CONTACTS),
  };
}
