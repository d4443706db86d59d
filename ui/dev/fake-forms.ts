/** Forms of a site that make contacts, from memory. */
import type { ChangeSiteForms, Site, SiteForms } from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

const kept = new WeakMap<Site, SiteForms>();
const NONE: SiteForms = {
  enabled: false,
  basis: null,
  notices: { es: "", pt: "", en: "" },
};

export function siteForms(site: Site, { method, body }: Request): Answer {
  if (method === "PUT") {
    const { enabled, basis, notices } = body as ChangeSiteForms;
    const said = { es: "", pt: "", en: "", ...notices };
    if (enabled && (basis == null || !Object.values(said).some((text) => text.trim()))) {
      return { status: 422, body: { status: 422, code: "bad_site_forms", detail: "" } };
    }
    kept.set(site, { enabled, basis: basis ?? null, notices: said });
    site.formContacts = enabled;
    site.snippet = site.snippet.replace(/( data-forms="contacts")?>/, (end) =>
      enabled ? ' data-forms="contacts">' : end.replace(' data-forms="contacts"', ""),
    );
  }
  return { status: 200, body: kept.get(site) ?? NONE };
}
