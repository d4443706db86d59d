import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";

import type { Cliente } from "../../../api/model";
import { SearchInput } from "../../../components/SearchInput";
import { SuggestInput } from "../../../components/SuggestInput";
import { useSpeech } from "../../../lib/i18n";
import { isDay } from "../../../lib/time";
import type { DeskFilters } from "../filters";
import { asesoresQuery } from "../queries";
import classes from "./Gtr.module.css";

interface FiltersBarProps {
  filters: DeskFilters;
  onFilters: (filters: DeskFilters) => void;
  clientes: readonly Cliente[];
  search: Ref<HTMLInputElement>;
}

export function FiltersBar({ filters, onFilters, clientes, search }: FiltersBarProps) {
  const { t } = useSpeech();
  const asesores = useQuery(asesoresQuery()).data?.items ?? [];
  const campaigns = [...new Set(clientes.flatMap(({ campaign }) => campaign ?? []))];
  return (
    <div className={classes.filters} role="search">
      <SearchInput
        ref={search}
        className={classes.search}
        label={t("desk.search")}
        placeholder={t("desk.searchExample")}
        maxLength={200}
        value={filters.q ?? ""}
        onValue={(q) => onFilters({ ...filters, q })}
      />
      <Select
        label={t("desk.asesor")}
        placeholder={t("desk.anybody")}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("desk.anybody") }}
        data={[
          { value: "none", label: t("desk.nobody") },
          ...asesores.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={filters.asesor ?? null}
        onChange={(asesor) => onFilters({ ...filters, asesor: asesor ?? undefined })}
      />
      <SuggestInput
        label={t("desk.column.campaign")}
        placeholder={t("desk.anyCampaign")}
        suggestions={campaigns.map((value) => ({ value }))}
        value={filters.campaign ?? ""}
        maxLength={200}
        tidied={(text) => text.trim()}
        onValue={(campaign) => onFilters({ ...filters, campaign: campaign || undefined })}
      />
      <DayInput
        label={t("desk.from")}
        value={filters.from}
        onValue={(from) => onFilters({ ...filters, from })}
      />
      <DayInput
        label={t("desk.to")}
        value={filters.to}
        onValue={(to) => onFilters({ ...filters, to })}
      />
    </div>
  );
}

interface DayInputProps {
  label: string;
  value: string | undefined;
  onValue: (day: string | undefined) => void;
}

function DayInput({ label, value, onValue }: DayInputProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value ?? ""}
      onChange={({ currentTarget }) =>
        onValue(isDay(currentTarget.value) ? currentTarget.value : undefined)
      }
    />
  );
}
