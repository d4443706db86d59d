/** Which site and which days a screen tells of. */
import { Button, Group, Menu, Popover, Select, Stack, TextInput } from "@mantine/core";
import { IconCalendar, IconCheck, IconChevronDown, IconWorld } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

import { useSpeech } from "../lib/i18n";
import { RANGES, spanOf, type Period, type Range, type Span } from "../lib/period";
import { isDay, showDay, type Day } from "../lib/time";
import classes from "./PeriodFilter.module.css";

/** Side by side, and over the whole width of a phone. */
export function FilterGroup({ children }: { children: ReactNode }) {
  return (
    <Group gap="xs" className={classes.filters}>
      {children}
    </Group>
  );
}

interface SiteFilterProps {
  sites: readonly { id: string; name: string }[];
  site: string | undefined;
  onSite: (site: string | undefined) => void;
}

/** Not there for those who have one site alone. */
export function SiteFilter({ sites, site, onSite }: SiteFilterProps) {
  const { t } = useSpeech();
  if (sites.length < 2 && site === undefined) return null;
  const all = "all";
  return (
    <Select
      aria-label={t("filter.site")}
      leftSection={<IconWorld size={16} aria-hidden="true" />}
      w={210}
      data={[
        { value: all, label: t("filter.allSites") },
        ...sites.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={site ?? all}
      allowDeselect={false}
      onChange={(next) => onSite(next === null || next === all ? undefined : next)}
    />
  );
}

interface Shown extends Period {
  site?: string | undefined;
}

interface SiteAndRangeProps<Filters extends Shown> {
  sites: readonly { id: string; name: string }[];
  timeZone: string;
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

/** Which site, and which days: what most screens are narrowed by. */
export function SiteAndRange<Filters extends Shown>({
  sites,
  timeZone,
  filters,
  onFilters,
}: SiteAndRangeProps<Filters>) {
  return (
    <FilterGroup>
      <SiteFilter
        sites={sites}
        site={filters.site}
        onSite={(site) => onFilters({ ...filters, site })}
      />
      <RangeFilter
        timeZone={timeZone}
        period={filters}
        onPeriod={(period) => onFilters({ ...filters, ...period })}
      />
    </FilterGroup>
  );
}

interface RangeFilterProps {
  timeZone: string;
  period: Period;
  onPeriod: (period: Period) => void;
}

export function RangeFilter({ timeZone, period, onPeriod }: RangeFilterProps) {
  const { t, locale } = useSpeech();
  const [choosing, setChoosing] = useState(false);
  const range = period.range ?? "7d";
  const span = spanOf(period, timeZone, new Date());
  const label =
    range === "custom"
      ? t("filter.span", {
          from: showDay(locale, span.from),
          to: showDay(locale, span.to),
        })
      : t(`range.${range}`);

  function choose(next: Range): void {
    if (next === "custom") {
      setChoosing(true);
      return;
    }
    onPeriod({
      range: next === "7d" ? undefined : next,
      from: undefined,
      to: undefined,
    });
  }

  return (
    <Popover
      opened={choosing}
      onChange={setChoosing}
      position="bottom-end"
      trapFocus
      withRoles={false}
      shadow="md"
    >
      <Popover.Target>
        <div>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                variant="default"
                aria-label={`${t("filter.range")}: ${label}`}
                leftSection={<IconCalendar size={16} aria-hidden="true" />}
                rightSection={<IconChevronDown size={16} aria-hidden="true" />}
              >
                {label}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {RANGES.map((one) => (
                <Menu.Item
                  key={one}
                  onClick={() => choose(one)}
                  rightSection={
                    one === range && <IconCheck size={14} aria-hidden="true" />
                  }
                >
                  {t(`range.${one}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("range.custom")}>
        <CustomRange
          span={span}
          onSpan={(next) => {
            setChoosing(false);
            onPeriod({ range: "custom", ...next });
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function CustomRange({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
  const { t } = useSpeech();
  const [from, setFrom] = useState<Day>(span.from);
  const [to, setTo] = useState<Day>(span.to);
  const complete = isDay(from) && isDay(to);
  const backwards = complete && to < from;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !backwards) onSpan({ from, to });
      }}
    >
      <Stack gap="sm" w={220}>
        <TextInput
          type="date"
          label={t("filter.from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          type="date"
          label={t("filter.to")}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={backwards && t("filter.wrongRange")}
        />
        <Button type="submit" disabled={!complete || backwards}>
          {t("filter.apply")}
        </Button>
      </Stack>
    </form>
  );
}
