import { Button, Skeleton } from "@mantine/core";
import { IconInbox, IconUserSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Ref } from "react";

import { useMe } from "../../../api/queries";
import { Panel } from "../../../components/Panel";
import { Empty, Failed, Stale } from "../../../components/States";
import { useSpeech } from "../../../lib/i18n";
import { USUAL_COLUMNS } from "../columns";
import { isNarrowed, type DeskFilters } from "../filters";
import { clientesQuery, wantedOf } from "../queries";
import { Board } from "./Board";
import { ClienteTable, type RowActions } from "./ClienteTable";
import { FiltersBar } from "./FiltersBar";
import classes from "./Gtr.module.css";

interface DeskListProps extends RowActions {
  filters: DeskFilters;
  onFilters: (filters: DeskFilters) => void;
  search: Ref<HTMLInputElement>;
  onAdd: () => void;
}

/** What is looked for, as a table or as a board. */
export function DeskList({
  filters,
  onFilters,
  search,
  onAdd,
  ...actions
}: DeskListProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const wanted = wantedOf(filters, tenant.timeZone);
  const found = useInfiniteQuery({
    ...clientesQuery(wanted),
    // A board asks for each of its columns.
    enabled: filters.view !== "board",
  });
  const clientes = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const retry = () => void found.refetch();
  const bar = (
    <FiltersBar
      filters={filters}
      onFilters={onFilters}
      clientes={clientes}
      search={search}
    />
  );
  if (filters.view === "board") {
    return (
      <div className={classes.main}>
        <Panel flush>{bar}</Panel>
        <Board wanted={wanted} {...actions} />
      </div>
    );
  }
  return (
    <div className={classes.main}>
      {found.isError && found.data !== undefined && <Stale onRetry={retry} />}
      <Panel flush>
        {bar}
        {found.isPending && <Waiting />}
        {found.isError && found.data === undefined && (
          <Failed error={found.error} onRetry={retry} />
        )}
        {found.data !== undefined && clientes.length === 0 && (
          <Nothing
            narrowed={isNarrowed(filters)}
            onClear={() => onFilters({})}
            onAdd={onAdd}
          />
        )}
        {clientes.length > 0 && (
          <div
            className={classes.found}
            data-fading={found.isPlaceholderData || undefined}
            aria-busy={found.isPlaceholderData}
          >
            <ClienteTable
              clientes={clientes}
              columns={filters.columns ?? USUAL_COLUMNS}
              {...actions}
            />
          </div>
        )}
        {found.hasNextPage && (
          <div className={classes.more}>
            <Button
              variant="default"
              loading={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t("desk.more")}
            </Button>
          </div>
        )}
      </Panel>
    </div>
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

interface NothingProps {
  narrowed: boolean;
  onClear: () => void;
  onAdd: () => void;
}

function Nothing({ narrowed, onClear, onAdd }: NothingProps) {
  const { t } = useSpeech();
  return narrowed ? (
    <Empty
      icon={<IconUserSearch size={28} />}
      title={t("desk.noMatch")}
      text={t("desk.noMatchHint")}
      action={
        <Button variant="default" onClick={onClear}>
          {t("desk.clear")}
        </Button>
      }
    />
  ) : (
    <Empty
      icon={<IconInbox size={28} />}
      title={t("desk.empty")}
      text={t("desk.emptyHint")}
      action={<Button onClick={onAdd}>{t("desk.new")}</Button>}
    />
  );
}
