import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useMe, valuesQuery } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import type { Filters } from "./filters";
import classes from "./Retention.module.css";

interface TypeFiltersProps {
  filters: Filters;
  onFilters: (changes: Filters) => void;
}

/** Which event makes a cohort, and which counts as coming back. */
export function TypeFilters({ filters, onFilters }: TypeFiltersProps) {
  const { t } = useSpeech();
  return (
    <Group className={classes.types} gap="md">
      <TypeFilter
        label={t("retention.first")}
        site={filters.site}
        type={filters.first}
        onType={(first) => onFilters({ first })}
      />
      <TypeFilter
        label={t("retention.returns")}
        site={filters.site}
        type={filters.returns}
        onType={(returns) => onFilters({ returns })}
      />
    </Group>
  );
}

interface TypeFilterProps {
  label: string;
  site: string | undefined;
  type: string | undefined;
  onType: (type: string | undefined) => void;
}

const ANY = "any";

function TypeFilter({ label, site, type, onType }: TypeFilterProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const values = useQuery(valuesQuery({ tenantId: tenant.id, by: "eventType", site }));
  const known = new Set(values.data?.rows.map(({ value }) => value));
  if (type !== undefined) known.add(type);
  return (
    <Select
      label={label}
      data={[
        { value: ANY, label: t("retention.anyEvent") },
        ...[...known].map((value) => ({ value, label: value })),
      ]}
      value={type ?? ANY}
      allowDeselect={false}
      searchable
      nothingFoundMessage={t("retention.noType")}
      onChange={(next) => onType(next === null || next === ANY ? undefined : next)}
    />
  );
}
