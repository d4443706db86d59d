import { Kbd, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type Ref } from "react";

import type { Cliente } from "../../../api/model";
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

/** How long somebody types before the search goes on. */
const PAUSE = 200;

interface SearchInputProps {
  value: string;
  onValue: (value: string | undefined) => void;
  ref: Ref<HTMLInputElement>;
}

function SearchInput({ value, onValue, ref }: SearchInputProps) {
  const { t } = useSpeech();
  const [text, setText] = useState(value);
  const [was, setWas] = useState(value);
  const [sent, setSent] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // What comes from outside is taken over; the echo of what was typed is not.
  if (value !== was) {
    setWas(value);
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }

  function type(typed: string): void {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setSent(typed.trim());
      onValue(typed.trim() || undefined);
    }, PAUSE);
  }

  return (
    <TextInput
      ref={ref}
      type="search"
      className={classes.search}
      label={t("desk.search")}
      placeholder={t("desk.searchExample")}
      aria-keyshortcuts="/"
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        <Kbd size="xs" aria-hidden="true" visibleFrom="sm">
          {"/"}
        </Kbd>
      }
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      value={text}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== "Escape") return;
        if (text === "") currentTarget.blur();
        else type("");
      }}
    />
  );
}
