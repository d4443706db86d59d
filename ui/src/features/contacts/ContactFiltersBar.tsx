import { Kbd, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

import type { Contact } from "../../api/model";
import { SuggestInput } from "../../components/SuggestInput";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import type { Column } from "./columns";
import { ColumnChooser } from "./ColumnChooser";
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
  const sources = countsOf(contacts.map(({ source }) => source));
  if (filters.source !== undefined) sources.set(filters.source, 0);
  return (
    <div className={classes.filters} role="search">
      <SearchInput
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
      <ColumnChooser columns={columns} onColumns={onColumns} />
    </div>
  );
}

/** How long somebody types before the search goes on. */
const PAUSE = 200;

interface SearchInputProps {
  value: string;
  onValue: (value: string | undefined) => void;
}

/** Searches while somebody types; `/` leads here from anywhere on the screen. */
function SearchInput({ value, onValue }: SearchInputProps) {
  const { t } = useSpeech();
  const [text, setText] = useState(value);
  const [was, setWas] = useState(value);
  const [sent, setSent] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // What comes from outside is taken over; the echo of what was typed is not.
  if (value !== was) {
    setWas(value);
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.key !== "/" || isWriting(event.target)) return;
      event.preventDefault();
      input.current?.select();
      input.current?.focus();
    }
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", press);
      clearTimeout(timer.current);
    };
  }, []);

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
      ref={input}
      type="search"
      className={classes.search}
      label={t("contacts.search")}
      placeholder={t("contacts.searchExample")}
      aria-keyshortcuts="/"
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        <Kbd size="xs" aria-hidden="true" visibleFrom="sm">
          {"/"}
        </Kbd>
      }
      autoComplete="off"
      spellCheck={false}
      maxLength={MOST_SEARCHED}
      value={text}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === "Escape" && text !== "") type("");
      }}
    />
  );
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
