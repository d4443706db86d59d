import { Select } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useRef } from "react";

import type { ConversionDeliveries } from "../../api/model";
import { FilterRow } from "../../components/FilterRow";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { NAMES, STATES, type ConversionFilters } from "./filters";

const ALL = "all";
/** The server counts no further. */
const MOST_COUNTED = 10_000;

interface LogFiltersProps {
  filters: ConversionFilters;
  onFilters: (filters: ConversionFilters) => void;
  counts: Readonly<Record<string, number>>;
  destinations: ConversionDeliveries["destinations"];
}

/** By what somebody finds a delivery again; all of it is in the address. */
export function LogFilters({ filters, onFilters, ...known }: LogFiltersProps) {
  const { t } = useSpeech();
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  const set = (some: Partial<ConversionFilters>) => onFilters({ ...filters, ...some });
  return (
    <FilterRow
      search={{
        ref: search,
        label: t("conv.search"),
        placeholder: t("conv.searchHint"),
        value: filters.q,
        onValue: (q) => set({ q }),
      }}
      days={{
        labels: { from: t("sales.from"), to: t("sales.to") },
        from: filters.from,
        to: filters.to,
        onDays: set,
      }}
    >
      <Select
        label={t("conv.state")}
        allowDeselect={false}
        data={useStates(known.counts)}
        value={filters.state ?? ALL}
        onChange={(state) => set({ state: oneOf(STATES, state) })}
      />
      <Select
        label={t("conv.destination")}
        allowDeselect={false}
        data={[
          { value: ALL, label: t("conv.state.all") },
          ...known.destinations.map(({ id, name, deleted }) => ({
            value: id,
            label: deleted ? t("conv.deleted", { name }) : name,
          })),
        ]}
        value={filters.destination ?? ALL}
        onChange={(id) =>
          set({ destination: id === ALL || id === null ? undefined : id })
        }
      />
      <Select
        label={t("conv.kind")}
        allowDeselect={false}
        data={[
          { value: ALL, label: t("conv.state.all") },
          ...NAMES.map((value) => ({ value, label: t(`conv.name.${value}`) })),
        ]}
        value={filters.name ?? ALL}
        onChange={(name) => set({ name: oneOf(NAMES, name) })}
      />
    </FilterRow>
  );
}

/** Each with how many there are of what the other filters leave. */
function useStates(counts: Readonly<Record<string, number>>) {
  const { t, number } = useSpeech();
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const label = (name: string, count: number) =>
    `${name} (${number(count)}${count >= MOST_COUNTED ? "+" : ""})`;
  return [
    { value: ALL, label: label(t("conv.state.all"), all) },
    ...STATES.map((state) => ({
      value: state,
      label: label(t(`conv.state.${state}`), counts[state] ?? 0),
    })),
  ];
}
