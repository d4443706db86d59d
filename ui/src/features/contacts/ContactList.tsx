import { Button, Skeleton } from "@mantine/core";
import { IconUserPlus, IconUserSearch, IconUsersGroup } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRef, type KeyboardEvent } from "react";

import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { useColumns } from "./columns";
import { ContactFiltersBar } from "./ContactFiltersBar";
import classes from "./Contacts.module.css";
import { ContactTable } from "./ContactTable";
import { isNarrowed, type ContactFilters } from "./filters";
import { contactsQuery } from "./queries";

interface ContactListProps {
  filters: ContactFilters;
  onFilters: (filters: ContactFilters) => void;
  onAdd: (() => void) | undefined;
}

/** Search, and what it finds; the arrow keys go from the one to the other. */
export function ContactList({ filters, onFilters, onAdd }: ContactListProps) {
  const { t } = useSpeech();
  const found = useInfiniteQuery(contactsQuery(filters));
  const { columns, choose } = useColumns();
  const list = useRef<HTMLDivElement>(null);
  const retry = () => void found.refetch();
  const contacts = found.data?.pages.flatMap(({ items }) => items) ?? [];

  return (
    <>
      {found.isError && found.data !== undefined && <Stale onRetry={retry} />}
      <Panel flush>
        <div ref={list} onKeyDown={(event) => moveBy(event, list.current)}>
          <ContactFiltersBar
            filters={filters}
            onFilters={onFilters}
            contacts={contacts}
            columns={columns}
            onColumns={choose}
          />
          {found.isPending && <Waiting />}
          {found.isError && found.data === undefined && (
            <Failed error={found.error} onRetry={retry} />
          )}
          {found.data !== undefined && contacts.length === 0 && (
            <Nothing filters={filters} onFilters={onFilters} onAdd={onAdd} />
          )}
          {contacts.length > 0 && (
            <div
              data-fading={found.isPlaceholderData || undefined}
              aria-busy={found.isPlaceholderData}
              className={classes.found}
            >
              <ContactTable contacts={contacts} columns={columns} />
            </div>
          )}
          {found.hasNextPage && (
            <div className={classes.more}>
              <Button
                variant="default"
                loading={found.isFetchingNextPage}
                onClick={() => void found.fetchNextPage()}
              >
                {t("contacts.more")}
              </Button>
            </div>
          )}
        </div>
      </Panel>
    </>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-hidden="true">
      {Array.from({ length: 8 }, (_, n) => (
        <Skeleton key={n} height={28} />
      ))}
    </div>
  );
}

function Nothing({ filters, onFilters, onAdd }: ContactListProps) {
  const { t } = useSpeech();
  if (isNarrowed(filters)) {
    return (
      <Empty
        icon={<IconUserSearch size={28} />}
        title={t("contacts.noMatch")}
        text={t("contacts.noMatchHint")}
        action={
          <Button variant="default" onClick={() => onFilters({})}>
            {t("contacts.clear")}
          </Button>
        }
      />
    );
  }
  return (
    <Empty
      icon={<IconUsersGroup size={28} />}
      title={t("contacts.empty")}
      text={t("contacts.emptyHint")}
      action={
        onAdd && (
          <Button
            leftSection={<IconUserPlus size={16} aria-hidden="true" />}
            onClick={onAdd}
          >
            {t("contacts.add")}
          </Button>
        )
      }
    />
  );
}

/** Up and down through the rows; above the first of them is the search. */
function moveBy(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || list === null || !(event.target instanceof HTMLElement)) {
    return;
  }
  const stops = [
    ...list.querySelectorAll<HTMLElement>("input[type=search], a[data-contact]"),
  ];
  const at = stops.indexOf(event.target);
  const next = at === -1 ? undefined : stops[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
