/** What the screen of links shows, as it stands in the URL. */
import { textOf } from "../../lib/search";

export interface LinkFilters {
  /** Those that are archived, in place of those in use. */
  archived?: true;
  /** Words of the name, the address or the campaign. */
  q?: string;
  /** The one that is open beside the list. */
  link?: string;
}

export function readLinkFilters(search: Record<string, unknown>): LinkFilters {
  return {
    archived: search.archived === true ? true : undefined,
    q: textOf(search.q),
    link: textOf(search.link),
  };
}
