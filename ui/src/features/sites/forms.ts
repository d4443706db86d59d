import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { SiteForms } from "../../api/model";
import { sitesQuery } from "../../api/queries";
import { PROPOSED } from "../../lib/i18n/catalogue/siteForms";

export const LANGUAGES = ["es", "pt", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const path = (site: string) => `/api/sites/${site}/forms`;

export function siteFormsQuery(site: string) {
  return queryOptions({
    queryKey: ["site-forms", site],
    queryFn: ({ signal }) => api.get<SiteForms>(path(site), signal),
  });
}

export function useChangeSiteForms(site: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => api.put<SiteForms>(path(site), asked),
    onSuccess: async (forms) => {
      queries.setQueryData(siteFormsQuery(site).queryKey, forms);
      // The code to paste says it, too.
      await queries.invalidateQueries(sitesQuery());
    },
  });
}

/** What was saved, or before anything was a proposal in the company's name. */
export function noticesOf(forms: SiteForms, company: string): Record<Language, string> {
  const proposed = (language: Language) =>
    PROPOSED[language].replace("{company}", company);
  const text = (language: Language) =>
    forms.basis === null
      ? forms.notices[language] || proposed(language)
      : forms.notices[language];
  return { es: text("es"), pt: text("pt"), en: text("en") };
}

/** What is on the form, before it is sent. */
export interface Asked {
  enabled: boolean;
  basis: SiteForms["basis"];
  notices: Record<Language, string>;
}

/** Whether this may be switched on. */
export const isComplete = ({ basis, notices }: Asked) =>
  basis !== null && LANGUAGES.some((language) => notices[language].trim());
