import { Button, SegmentedControl, Skeleton, Stack, Switch, Text } from "@mantine/core";
import { IconFilterOff, IconListDetails, IconMoodEmpty } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef, type ReactNode } from "react";

import type { Breakdown } from "../../api/model";
import { useMe, useSites } from "../../api/queries";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { FilterGroup, RangeFilter, SiteFilter } from "../../components/PeriodFilter";
import { Empty, Failed, Stale } from "../../components/States";
import { Untouched } from "../../components/Untouched";
import { useSpeech } from "../../lib/i18n";
import { spanOf } from "../../lib/period";
import type { Condition } from "../../lib/properties";
import { dayIn, showDay } from "../../lib/time";
import { usePropertyWord } from "../../lib/words";
import { BreakdownTable } from "./BreakdownTable";
import { CountryHint } from "./CountryHint";
import classes from "./Events.module.css";
import { FilterChips } from "./FilterChips";
import { addCondition, conditionsOf, withConditions, type Filters } from "./filters";
import { Paging } from "./Paging";
import { PropertyChooser } from "./PropertyChooser";
import { Live } from "./live/Live";
import { breakdownQuery } from "./queries";

interface EventsProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

/** What was counted, by one property at a time. */
export function Events({ filters, onFilters }: EventsProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const { sites, untouched } = useSites();
  const show = (changes: Filters) =>
    onFilters({ ...filters, page: undefined, ...changes });

  return (
    <Page
      title={t("breakdown.title")}
      intro={t("breakdown.intro")}
      actions={
        !untouched && (
          <FilterGroup>
            <ViewChooser
              view={filters.view}
              onView={(view) => show({ view, type: undefined, text: undefined })}
            />
            <SiteFilter
              sites={sites}
              site={filters.site}
              onSite={(site) => show({ site })}
            />
            {filters.view !== "live" && (
              <RangeFilter timeZone={tenant.timeZone} period={filters} onPeriod={show} />
            )}
          </FilterGroup>
        )
      }
    >
      {untouched && filters.view !== "live" && (
        <Untouched
          icon={IconListDetails}
          title={t("breakdown.untouched")}
          text={t("breakdown.untouchedHint")}
        />
      )}
      {filters.view === "live" && <Live filters={filters} onFilters={onFilters} />}
      {!untouched && filters.view !== "live" && (
        <div className={classes.layout}>
          <PropertyChooser
            by={filters.by ?? "page"}
            onBy={(by) => show({ by: by === "page" ? undefined : by })}
          />
          <Found filters={filters} onFilters={onFilters} />
        </div>
      )}
    </Page>
  );
}

interface ViewChooserProps {
  view: Filters["view"];
  onView: (view: Filters["view"]) => void;
}

function ViewChooser({ view, onView }: ViewChooserProps) {
  const { t } = useSpeech();
  return (
    <SegmentedControl
      aria-label={t("stream.view")}
      data={[
        { value: "counted", label: t("stream.counted") },
        { value: "live", label: t("stream.live") },
      ]}
      value={view ?? "counted"}
      onChange={(next) => onView(next === "live" ? "live" : undefined)}
    />
  );
}

/** The conditions and what holds to them. */
function Found({ filters, onFilters }: EventsProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const propertyWord = usePropertyWord();
  const chips = useRef<HTMLDivElement>(null);
  const span = spanOf(filters, tenant.timeZone, new Date());
  const breakdown = useQuery(breakdownQuery(tenant.id, filters, span));
  const retry = () => void breakdown.refetch();
  const { data } = breakdown;
  const conditions = conditionsOf(filters);

  function add(added: Condition): void {
    onFilters(withConditions(filters, addCondition(conditions, added)));
    // The row is about to go, and with it the place of whoever uses the keyboard.
    if (added.negated) chips.current?.focus();
  }

  return (
    <Stack gap="sm" miw={0}>
      <FilterChips
        ref={chips}
        conditions={conditions}
        onConditions={(next) => onFilters(withConditions(filters, next))}
      />
      {breakdown.isError && data !== undefined && <Stale onRetry={retry} />}
      <Panel
        flush
        title={propertyWord(data?.by ?? filters.by ?? "page")}
        hint={data !== undefined && <Hint breakdown={data} />}
        actions={
          <Switch
            label={t("breakdown.compare")}
            checked={filters.compare === true}
            onChange={({ currentTarget }) =>
              onFilters({ ...filters, compare: currentTarget.checked ? true : undefined })
            }
          />
        }
      >
        {breakdown.isPending && <TableSkeleton />}
        {breakdown.isError && data === undefined && (
          <Failed error={breakdown.error} onRetry={retry} />
        )}
        {data !== undefined && (
          <div
            className={classes.found}
            data-fading={breakdown.isPlaceholderData || undefined}
            aria-busy={breakdown.isPlaceholderData}
          >
            <CountryHint breakdown={data} />
            {data.rows.length === 0 ? (
              <Nothing filters={filters} onFilters={onFilters} />
            ) : (
              <BreakdownTable
                breakdown={data}
                sort={filters.sort ?? "visitors"}
                full={conditions.length}
                onSort={(sort) => onFilters({ ...filters, sort, page: undefined })}
                onCondition={add}
              />
            )}
            <Paging
              breakdown={data}
              onPage={(page) =>
                onFilters({ ...filters, page: page === 1 ? undefined : page })
              }
            />
          </div>
        )}
      </Panel>
      <Text size="xs" c="dimmed">
        {t("breakdown.note")}
      </Text>
    </Stack>
  );
}

function Hint({ breakdown }: { breakdown: Breakdown }): ReactNode {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const { comparedTo, rows, total } = breakdown;
  const day = (moment: number) =>
    showDay(locale, dayIn(tenant.timeZone, new Date(moment)));
  // Beyond the last page the server can't tell how many there are.
  const parts = rows.length === 0 ? [] : [t("breakdown.values", { count: total })];
  if (comparedTo !== null) {
    const from = day(Date.parse(comparedTo.from));
    const to = day(Date.parse(comparedTo.to) - 1);
    const range = from === to ? from : t("filter.span", { from, to });
    parts.push(t("breakdown.comparedTo", { range }));
  }
  return parts.join(" · ");
}

function Nothing({ filters, onFilters }: EventsProps) {
  const { t } = useSpeech();
  if (filters.page !== undefined) {
    return (
      <Empty
        icon={<IconListDetails size={28} />}
        title={t("breakdown.pastEnd")}
        action={
          <Button
            variant="default"
            onClick={() => onFilters({ ...filters, page: undefined })}
          >
            {t("breakdown.toStart")}
          </Button>
        }
      />
    );
  }
  if (filters.filter === undefined) {
    return (
      <Empty
        icon={<IconMoodEmpty size={28} />}
        title={t("breakdown.empty")}
        text={t("breakdown.emptyHint")}
      />
    );
  }
  return (
    <Empty
      icon={<IconFilterOff size={28} />}
      title={t("breakdown.emptyFilters")}
      text={t("breakdown.emptyFiltersHint")}
      action={
        <Button variant="default" onClick={() => onFilters(withConditions(filters, []))}>
          {t("breakdown.clear")}
        </Button>
      }
    />
  );
}

function TableSkeleton() {
  const { t } = useSpeech();
  return (
    <Stack gap={10} p="lg" pt={0}>
      <span className="visually-hidden" role="status">
        {t("state.loading")}
      </span>
      {[0, 1, 2, 3, 4, 5, 6, 7].map((row) => (
        <Skeleton key={row} height={34} />
      ))}
    </Stack>
  );
}
