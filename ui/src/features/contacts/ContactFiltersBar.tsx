import { Select } from "@mantine/core";
import { useEffect, useRef } from "react";

import type { Contact } from "../../api/model";
import { ColumnChooser } from "../../components/ColumnChooser";
import { SearchInput } from "../../components/SearchInput";
import { SuggestInput } from "../../components/SuggestInput";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { COLUMNS, type Column } from "./columns";
import classes from "./Contacts.module.css";
import { KINDS, MOST_SEARCHED, type ContactFilters } from "./filters";
import { useSourceWord } from "./words";

interface ContactFiltersBarProps {
  filters: ContactFilters;
  onFilters: (filters: ContactFilters) => void;
  /** What is shown: its tags and sources are there to choose from. */
  contacts: readonly Contact[];
  columns: readonly Column[];
  onColumns: (columns: readonly string[]) => void;
}

export function ContactFiltersBar({
  filters,
  onFilters,
  contacts,
  columns,
  onColumns,
}: ContactFiltersBarProps) {
  const { t } = useSpeech();
  const sourceWord = useSourceWord();
  const search = useSlash();
  const sources = countsOf(contacts.map(({ source }) => source));
  if (filters.source !== undefined) sources.set(filters.source, 0);
  return (
    <div className={classes.filters} role="search">
      <SearchInput
        ref={search}
        className={classes.search}
        label={t("contacts.search")}
        placeholder={t("contacts.searchExample")}
        maxLength={MOST_SEARCHED}
        value={filters.q ?? ""}
        onValue={(q) => onFilters({ ...filters, q })}
      />
      <Select
        label={t("contacts.has")}
        placeholder={t("contacts.anything")}
        data={KINDS.map((value) => ({ value, label: t(`contacts.has.${value}`) }))}
        value={filters.has ?? null}
        clearable
        clearButtonProps={{ "aria-label": t("contacts.anything") }}
        onChange={(has) => onFilters({ ...filters, has: oneOf(KINDS, has) })}
      />
      <SuggestInput
        label={t("contacts.tag")}
        placeholder={t("contacts.anyTag")}
        suggestions={suggested(countsOf(contacts.flatMap(({ tags }) => tags)))}
        value={filters.tag ?? ""}
        maxLength={64}
        tidied={(text) => text.trim()}
        onValue={(tag) => onFilters({ ...filters, tag: tag || undefined })}
      />
      <Select
        label={t("contacts.source")}
        placeholder={t("contacts.anySource")}
        data={[...sources.keys()]
          .sort()
          .map((value) => ({ value, label: sourceWord(value) }))}
        value={filters.source ?? null}
        clearable
        clearButtonProps={{ "aria-label": t("contacts.anySource") }}
        onChange={(source) => onFilters({ ...filters, source: source ?? undefined })}
      />
      <ColumnChooser
        label={t("contacts.columns")}
        choices={COLUMNS.map((value) => ({
          value,
          label: t(`contacts.column.${value}`),
        }))}
        columns={columns}
        onColumns={onColumns}
      />
    </div>
  );
}

/** `/` leads to the field from anywhere on the screen. */
function useSlash() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.key !== "/" || isWriting(event.target)) return;
      event.preventDefault();
      input.current?.select();
      input.current?.focus();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return input;
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null)
  );
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function suggested(counts: ReadonlyMap<string, number>) {
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([value]) => ({ value }));
}
