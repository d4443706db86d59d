import { SimpleGrid, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { isUntouched, sitesQuery, useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { FilterGroup, RangeFilter, SiteFilter } from "../../components/PeriodFilter";
import { Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { spanOf } from "../../lib/period";
import { zoneCity, zoneOffset } from "../../lib/time";
import type { Filters } from "./filters";
import { FirstSteps } from "./FirstSteps";
import { GranularityFilter } from "./GranularityFilter";
import { NowPanel } from "./NowPanel";
import { statsQuery } from "./queries";
import { StatsPanel } from "./StatsPanel";
import { TypesPanel } from "./TypesPanel";

interface OverviewProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
  /** What is to be said before everything else. */
  children?: ReactNode;
}

/** What is happening now, and what happened in a span of days. */
export function Overview({ filters, onFilters, children }: OverviewProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const sites = useQuery({
    ...sitesQuery(),
    // Whoever waits for the first event should see it come.
    refetchInterval: ({ state }) =>
      state.data !== undefined && isUntouched(state.data) && 5_000,
  });
  const items = sites.data?.items ?? [];
  const untouched = sites.data !== undefined && isUntouched(sites.data);
  const zone = t("overview.zone", {
    city: zoneCity(tenant.timeZone),
    offset: zoneOffset(tenant.timeZone, new Date()),
  });

  return (
    <Page
      title={t("overview.title")}
      intro={
        <LinkText to="/settings/general" inherit c="dimmed">
          {zone}
        </LinkText>
      }
      actions={
        !untouched && (
          <FilterGroup>
            <SiteFilter
              sites={items}
              site={filters.site}
              onSite={(site) => onFilters({ ...filters, site })}
            />
            <RangeFilter
              timeZone={tenant.timeZone}
              period={filters}
              onPeriod={(period) => onFilters({ ...filters, ...period })}
            />
          </FilterGroup>
        )
      }
    >
      {children}
      {untouched ? (
        <FirstSteps hasSite={items.length > 0} />
      ) : (
        <>
          <NowPanel site={filters.site} />
          <Period filters={filters} onFilters={onFilters} />
        </>
      )}
    </Page>
  );
}

function Period({ filters, onFilters }: OverviewProps) {
  const { tenant } = useMe();
  const span = spanOf(filters, tenant.timeZone, new Date());
  const stats = useQuery(
    statsQuery({
      tenantId: tenant.id,
      site: filters.site,
      granularity: filters.granularity,
      ...span,
    }),
  );
  const retry = () => void stats.refetch();

  if (stats.isPending) return <PeriodSkeleton />;
  if (stats.data === undefined) {
    return (
      <Panel>
        <Failed error={stats.error} onRetry={retry} />
      </Panel>
    );
  }
  return (
    <Stack gap="lg" aria-busy={stats.isPlaceholderData}>
      {stats.isError && <Stale onRetry={retry} />}
      <StatsPanel
        stats={stats.data}
        span={span}
        asOf={stats.dataUpdatedAt}
        fading={stats.isPlaceholderData}
        metric={filters.metric ?? "uniqueVisitors"}
        onMetric={(metric) => onFilters({ ...filters, metric })}
        controls={<GranularityFilter filters={filters} onFilters={onFilters} />}
      />
      <TypesPanel stats={stats.data} />
    </Stack>
  );
}

function PeriodSkeleton() {
  const { t } = useSpeech();
  return (
    <Panel>
      <span className="visually-hidden" role="status">
        {t("state.loading")}
      </span>
      <SimpleGrid cols={{ base: 2, sm: 4 }} mb="lg">
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} height={64} />
        ))}
      </SimpleGrid>
      <Skeleton height={280} />
    </Panel>
  );
}
