import { Group, SimpleGrid, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { Sites } from "../../api/model";
import { sitesQuery, useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { zoneCity, zoneOffset } from "../../lib/time";
import { spanOf, type Filters } from "./filters";
import { FirstSteps } from "./FirstSteps";
import { GranularityFilter, RangeFilter, SiteFilter } from "./FilterBar";
import { NowPanel } from "./NowPanel";
import classes from "./Overview.module.css";
import { statsQuery } from "./queries";
import { StatsPanel } from "./StatsPanel";
import { TypesPanel } from "./TypesPanel";

interface OverviewProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

/** What is happening now, and what happened in a span of days. */
export function Overview({ filters, onFilters }: OverviewProps) {
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
          <Group gap="xs" className={classes.filters}>
            <SiteFilter sites={items} filters={filters} onFilters={onFilters} />
            <RangeFilter
              timeZone={tenant.timeZone}
              filters={filters}
              onFilters={onFilters}
            />
          </Group>
        )
      }
    >
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

/** No event of any site has ever arrived. */
function isUntouched({ items }: Sites): boolean {
  return items.every((site) => site.firstEventAt === null);
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
