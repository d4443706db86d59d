import { Alert, Badge, Button, Group, Skeleton, Text } from "@mantine/core";
import { IconFilterOff, IconSend, IconPlayerPause } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import type { ConversionDelivery } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Conversions.module.css";
import { Detail } from "./Detail";
import { isNarrow, type ConversionFilters } from "./filters";
import { LogFilters } from "./LogFilters";
import { destinationsQuery, logQuery } from "./queries";
import { STATE_COLORS, useMoney, useSaid, useWhy } from "./words";

interface LogProps {
  filters: ConversionFilters;
  onFilters: (filters: ConversionFilters) => void;
}

/** What platforms were told of, what waits, and what they are not told. */
export function Log({ filters, onFilters }: LogProps) {
  const { t } = useSpeech();
  const { user, tenant } = useMe();
  const log = useInfiniteQuery(logQuery(filters, tenant.timeZone));
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  const retry = () => void log.refetch();
  const isAdmin = user.role === "admin";
  return (
    <Page
      title={t("nav.conversions")}
      intro={t("conv.intro")}
      actions={
        isAdmin && (
          <LinkButton to="/settings/destinations" variant="default">
            {t("nav.destinations")}
          </LinkButton>
        )
      }
    >
      {isAdmin && <Paused />}
      <LogFilters
        filters={filters}
        onFilters={onFilters}
        counts={log.data?.pages[0]?.counts ?? {}}
        destinations={log.data?.pages[0]?.destinations ?? []}
      />
      <Panel
        flush
        title={t("conv.log")}
        actions={
          isNarrow(filters) && (
            <Button variant="default" onClick={() => onFilters({})}>
              {t("conv.showAll")}
            </Button>
          )
        }
      >
        {log.isPending && <Skeleton height={240} m="md" w="auto" />}
        {log.isError && log.data === undefined && (
          <Failed error={log.error} onRetry={retry} />
        )}
        {log.isError && log.data !== undefined && <Stale onRetry={retry} />}
        {log.data !== undefined && items.length === 0 && (
          <Nothing
            filtered={isNarrow(filters)}
            ofSale={
              filters.sale !== undefined && !isNarrow({ ...filters, sale: undefined })
            }
            onAll={() => onFilters({})}
          />
        )}
        {items.length > 0 && (
          <ul
            className={classes.list}
            aria-label={t("conv.log")}
            aria-busy={log.isPlaceholderData}
          >
            {items.map((one) => (
              <LogRow
                key={`${one.eventId} ${one.destinationId}`}
                delivery={one}
                onOpen={() =>
                  onFilters({ ...filters, event: one.eventId, at: one.destinationId })
                }
              />
            ))}
          </ul>
        )}
        {log.hasNextPage && (
          <Group justify="center" p="sm">
            <Button
              variant="default"
              loading={log.isFetchingNextPage}
              onClick={() => void log.fetchNextPage()}
            >
              {t("conv.earlier")}
            </Button>
          </Group>
        )}
      </Panel>
      <Detail
        event={filters.event}
        destination={filters.at}
        onClose={() => onFilters({ ...filters, event: undefined, at: undefined })}
      />
    </Page>
  );
}

/** A destination that stands still stands at the top, whatever the filters say. */
function Paused() {
  const { t } = useSpeech();
  const said = useSaid();
  const found = useQuery(destinationsQuery()).data?.items;
  return found
    ?.filter(({ state }) => state === "paused")
    .map(({ id, name, pausedWhy, waiting }) => (
      <Alert
        key={id}
        color="red"
        variant="light"
        role="alert"
        icon={<IconPlayerPause aria-hidden="true" />}
        title={t("conv.paused", { name })}
      >
        <Text size="sm">{pausedWhy !== null && said(pausedWhy)}</Text>
        <Text size="sm">{t("conv.pausedWaiting", { count: waiting })}</Text>
      </Alert>
    ));
}

interface NothingProps {
  filtered: boolean;
  /** Whether all that one sale is told to was asked for. */
  ofSale: boolean;
  onAll: () => void;
}

function Nothing({ filtered, ofSale, onAll }: NothingProps) {
  const { t } = useSpeech();
  if (!filtered) {
    return (
      <Empty
        icon={<IconSend size={28} />}
        title={t("conv.empty")}
        text={t("conv.emptyHint")}
      />
    );
  }
  return (
    <Empty
      icon={<IconFilterOff size={28} />}
      title={t(ofSale ? "conv.noneOfSale" : "conv.noneSuch")}
      text={ofSale ? t("conv.noneOfSaleHint") : undefined}
      action={
        <Button variant="default" onClick={onAll}>
          {t("conv.showAll")}
        </Button>
      }
    />
  );
}

interface LogRowProps {
  delivery: ConversionDelivery;
  onOpen: () => void;
}

function LogRow({ delivery, onOpen }: LogRowProps) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const money = useMoney();
  const why = useWhy();
  return (
    <li className={classes.row}>
      <button type="button" className={classes.open} onClick={onOpen}>
        <span className={classes.what}>
          <Text span size="sm" fw={560}>
            {t(`conv.name.${delivery.name}`)}
          </Text>
          <Text span size="sm" className="number">
            {delivery.valueCents !== null &&
              money(delivery.valueCents, delivery.currency)}
          </Text>
        </span>
        <span className={classes.whose}>
          <Text span size="sm" truncate>
            {delivery.buyerName ?? t("sales.nobody")}
          </Text>
          <Text span size="xs" c="dimmed">
            {showMoment(locale, tenant.timeZone, delivery.eventTime)}
          </Text>
        </span>
        <Text span size="sm">
          {delivery.destinationName}
          <Text span size="xs" c="dimmed" className={classes.credit}>
            {delivery.method === null || delivery.method === "none"
              ? t("credit.none")
              : [
                  t(`credit.method.${delivery.method}`),
                  delivery.campaignName ?? delivery.campaign,
                ]
                  .filter((one) => one !== null)
                  .join(" · ")}
          </Text>
        </Text>
        <span className={classes.state}>
          <Badge color={STATE_COLORS[delivery.state]} variant="light" tt="none">
            {t(`conv.state.${delivery.state}`)}
          </Badge>
          {delivery.state !== "sent" && (
            <Text span size="xs" c="dimmed">
              {why(delivery)}
            </Text>
          )}
        </span>
      </button>
    </li>
  );
}
