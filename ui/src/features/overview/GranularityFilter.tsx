import { Select } from "@mantine/core";

import { useSpeech } from "../../lib/i18n";
import { GRANULARITIES, type Filters } from "./filters";

interface GranularityFilterProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

export function GranularityFilter({ filters, onFilters }: GranularityFilterProps) {
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
