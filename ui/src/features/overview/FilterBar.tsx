import { Button, Menu, Popover, Select, Stack, TextInput } from "@mantine/core";
import { IconCalendar, IconCheck, IconChevronDown, IconWorld } from "@tabler/icons-react";
import { useState } from "react";

import type { Site } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { isDay, showDay, type Day } from "../../lib/time";
import {
  GRANULARITIES,
  RANGES,
  spanOf,
  type Filters,
  type Range,
  type Span,
} from "./filters";

interface FilterProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

export function SiteFilter({
  sites,
  filters,
  onFilters,
}: FilterProps & { sites: readonly Site[] }) {
  const { t } = useSpeech();
  if (sites.length < 2 && filters.site === undefined) return null;
  const all = "all";
  return (
    <Select
      aria-label={t("filter.site")}
      leftSection={<IconWorld size={16} aria-hidden="true" />}
      w={210}
      data={[
        { value: all, label: t("filter.allSites") },
        ...sites.map((site) => ({ value: site.id, label: site.name })),
      ]}
      value={filters.site ?? all}
      allowDeselect={false}
      onChange={(site) =>
        onFilters({ ...filters, site: site === null || site === all ? undefined : site })
      }
    />
  );
}

export function RangeFilter({
  timeZone,
  filters,
  onFilters,
}: FilterProps & { timeZone: string }) {
  const { t, locale } = useSpeech();
  const [choosing, setChoosing] = useState(false);
  const range = filters.range ?? "7d";
  const span = spanOf(filters, timeZone, new Date());
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
    onFilters({
      ...filters,
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
            onFilters({ ...filters, range: "custom", ...next });
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

export function GranularityFilter({ filters, onFilters }: FilterProps) {
  const { t } = useSpeech();
  return (
    <Select
      aria-label={t("filter.granularity")}
      size="xs"
      w={130}
      data={GRANULARITIES.map((value) => ({ value, label: t(`granularity.${value}`) }))}
      value={filters.granularity ?? "auto"}
      allowDeselect={false}
      onChange={(value) => {
        const granularity = GRANULARITIES.find((one) => one === value);
        onFilters({
          ...filters,
          granularity: granularity === "auto" ? undefined : granularity,
        });
      }}
    />
  );
}
