import { Button, Center, Group, Select, Skeleton, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconPlus, IconQrcode, IconReceipt } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { Sale } from "../../api/model";
import { useMe } from "../../api/queries";
import { FilterRow } from "../../components/FilterRow";
import { Beside, Figure, Figures } from "../../components/Figures";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import rows from "../../components/Rows.module.css";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { showMoment } from "../../lib/time";
import { STATUSES, type SaleFilters } from "./filters";
import { useMoney } from "./money";
import { NewSaleDialog, type Wanted } from "./NewSale";
import { salesQuery } from "./queries";
import { SaleDrawer } from "./SaleDrawer";
import classes from "./Sales.module.css";
import { SaleSign } from "./words";

interface SalesScreenProps {
  filters: SaleFilters;
  onFilters: (filters: SaleFilters) => void;
}

/** What was sold, what is paid and what went back. */
export function SalesScreen({ filters, onFilters }: SalesScreenProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const sales = useInfiniteQuery(salesQuery(filters, tenant.timeZone));
  const [making, setMaking] = useState<Wanted>();
  const items = sales.data?.pages.flatMap((page) => page.items) ?? [];
  const retry = () => void sales.refetch();
  const open = (sale: string | undefined) => onFilters({ ...filters, sale });

  return (
    <Page
      title={t("nav.salesList")}
      intro={t("sales.intro")}
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => setMaking("sale")}
          >
            {t("sales.new")}
          </Button>
          <Button
            leftSection={<IconQrcode size={16} aria-hidden="true" />}
            onClick={() => setMaking("pix")}
          >
            {t("sales.askPix")}
          </Button>
        </Group>
      }
    >
      {sales.isError && sales.data !== undefined && <Stale onRetry={retry} />}
      <Filters filters={filters} onFilters={onFilters} />
      <Totals totals={sales.data?.pages[0]?.totals ?? []} />
      <Panel flush title={t("sales.list")}>
        {sales.isPending && <Skeleton height={220} />}
        {sales.isError && sales.data === undefined && (
          <Failed error={sales.error} onRetry={retry} />
        )}
        {sales.data !== undefined && items.length === 0 && (
          <Empty
            icon={<IconReceipt size={28} />}
            title={t(isNarrow(filters) ? "sales.none" : "sales.empty")}
            text={t(isNarrow(filters) ? "sales.noneHint" : "sales.emptyHint")}
          />
        )}
        {items.length > 0 && (
          <ul className={rows.list}>
            {items.map((sale) => (
              <SaleRow key={sale.id} sale={sale} onOpen={() => open(sale.id)} />
            ))}
          </ul>
        )}
        {sales.hasNextPage && (
          <Center p="md">
            <Button
              variant="default"
              loading={sales.isFetchingNextPage}
              onClick={() => void sales.fetchNextPage()}
            >
              {t("sales.more")}
            </Button>
          </Center>
        )}
      </Panel>
      <SaleDrawer id={filters.sale} onClose={() => open(undefined)} />
      <NewSaleDialog
        wanted={making}
        currency={usualOf(sales.data?.pages[0]?.totals ?? [])}
        onClose={() => setMaking(undefined)}
        onMade={(sale) => {
          setMaking(undefined);
          open(sale);
        }}
      />
    </Page>
  );
}

function isNarrow({ status, q, from, to }: SaleFilters): boolean {
  return [status, q, from, to].some((one) => one !== undefined);
}

function Filters({ filters, onFilters }: SalesScreenProps) {
  const { t } = useSpeech();
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  return (
    <FilterRow
      search={{
        ref: search,
        label: t("sales.search"),
        placeholder: t("sales.searchHint"),
        value: filters.q,
        onValue: (q) => onFilters({ ...filters, q }),
      }}
      days={{
        labels: { from: t("sales.from"), to: t("sales.to") },
        from: filters.from,
        to: filters.to,
        onDays: (days) => onFilters({ ...filters, ...days }),
      }}
    >
      <Select
        label={t("sales.status")}
        placeholder={t("sales.anyStatus")}
        data={STATUSES.map((value) => ({ value, label: t(`sales.status.${value}`) }))}
        value={filters.status ?? null}
        onChange={(next) => onFilters({ ...filters, status: oneOf(STATUSES, next) })}
        clearable
        clearButtonProps={{ "aria-label": t("sales.anyStatus") }}
      />
    </FilterRow>
  );
}

type Total = { currency: string } & Record<
  "sales" | "paid" | "paidCents" | "refundedCents" | "pending" | "pendingCents",
  number
>;

/** What most sales are in; Pix is paid in reais. */
function usualOf(totals: readonly Total[]): string {
  return totals.toSorted((one, other) => other.sales - one.sales)[0]?.currency ?? "BRL";
}

function Totals({ totals }: { totals: readonly Total[] }) {
  const { t } = useSpeech();
  const money = useMoney();
  return totals.map((total) => (
    <Panel key={total.currency} flush>
      <Figures of="three">
        <Figure
          name={t("sales.paidTotal")}
          value={money(total.paidCents, total.currency)}
        >
          <Beside>{t("sales.count", { count: total.paid })}</Beside>
        </Figure>
        <Figure
          name={t("sales.refundedTotal")}
          value={money(total.refundedCents, total.currency)}
        />
        <Figure
          name={t("sales.pendingTotal")}
          value={money(total.pendingCents, total.currency)}
        >
          <Beside>{t("sales.count", { count: total.pending })}</Beside>
        </Figure>
      </Figures>
    </Panel>
  ));
}

function SaleRow({ sale, onOpen }: { sale: Sale; onOpen: () => void }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const money = useMoney();
  const amount = money(sale.amountCents, sale.currency);
  const who =
    sale.contactName ?? sale.buyer.name ?? sale.buyer.email ?? t("sales.nobody");
  return (
    <li>
      <button
        type="button"
        className={`${rows.row ?? ""} ${classes.row ?? ""}`}
        onClick={onOpen}
      >
        <span className={rows.main}>
          <span className={rows.name}>
            <Text span fw={560} size="sm">
              {who}
            </Text>
            <SaleSign status={sale.status} />
            {sale.test && (
              <Text span size="xs" c="dimmed">
                {t("sales.test")}
              </Text>
            )}
          </span>
          <Text span size="xs" c="dimmed" display="block">
            {[
              showMoment(locale, tenant.timeZone, sale.occurredAt),
              t(`sales.source.${sale.source}`),
              sale.externalId,
              sale.description,
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </span>
        <span className={classes.amount}>
          <Text span fw={640} className="number">
            {amount}
          </Text>
          {sale.refundedCents > 0 && (
            <Text span size="xs" c="dimmed" display="block">
              {t("sales.back", { amount: money(sale.refundedCents, sale.currency) })}
            </Text>
          )}
        </span>
      </button>
    </li>
  );
}
