import { useQuery } from "@tanstack/react-query";

import { sitesQuery, useMe } from "../../api/queries";
import { Page } from "../../components/Page";
import { FilterGroup, RangeFilter, SiteFilter } from "../../components/PeriodFilter";
import { useSpeech } from "../../lib/i18n";
import { ClaimLog } from "./ClaimLog";
import type { LinkingFilters } from "./filters";
import { Report } from "./Report";
import { Reviews } from "./Reviews";

interface LinkingProps {
  filters: LinkingFilters;
  onFilters: (filters: LinkingFilters) => void;
}

/** How visitors become contacts: what waits for a person, how well it works, and the log. */
export function LinkingScreen({ filters, onFilters }: LinkingProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const sites = useQuery(sitesQuery());
  return (
    <Page
      title={t("linking.title")}
      intro={t("linking.intro")}
      actions={
        <FilterGroup>
          <SiteFilter
            sites={sites.data?.items ?? []}
            site={filters.site}
            onSite={(site) => onFilters({ ...filters, site })}
          />
          <RangeFilter
            timeZone={tenant.timeZone}
            period={filters}
            onPeriod={(period) => onFilters({ ...filters, ...period })}
          />
        </FilterGroup>
      }
    >
      <Reviews
        state={filters.questions}
        onState={(questions) => onFilters({ ...filters, questions })}
      />
      <Report filters={filters} />
      <ClaimLog filters={filters} onFilters={onFilters} />
    </Page>
  );
}
