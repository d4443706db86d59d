import { Button, Center, Select, Skeleton, Text } from "@mantine/core";
import { IconBrandTelegram, IconBrandWhatsapp, IconWebhook } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ChatWebhook } from "../../api/model";
import { useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import rows from "../../components/Rows.module.css";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { showMoment } from "../../lib/time";
import classes from "./Operations.module.css";
import { Became, StateBadge } from "./Became";
import { WebhookDialog } from "./WebhookDialog";
import { STATES, webhooksQuery, type OperationsFilters } from "./webhooks";

const PLATFORM_NAMES = { whatsapp: "WhatsApp", telegram: "Telegram" } as const;

interface LogProps {
  filters: OperationsFilters;
  onFilters: (filters: OperationsFilters) => void;
}

/** What the platforms sent, the newest first, and what became of it. */
export function WebhookLog({ filters, onFilters }: LogProps) {
  const { t } = useSpeech();
  const log = useInfiniteQuery(webhooksQuery(filters));
  const [shown, setShown] = useState<string>();
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  const retry = () => void log.refetch();
  return (
    <Panel
      flush
      title={t("operations.log")}
      hint={t("operations.logHint")}
      actions={
        <Select
          aria-label={t("operations.logState")}
          placeholder={t("operations.logAll")}
          data={STATES.map((value) => ({
            value,
            label: t(`operations.logState.${value}`),
          }))}
          value={filters.state ?? null}
          onChange={(next) => onFilters({ state: oneOf(STATES, next) })}
          clearable
          clearButtonProps={{ "aria-label": t("operations.logAll") }}
        />
      }
    >
      {log.isPending && <Skeleton height={160} />}
      {log.isError && log.data !== undefined && <Stale onRetry={retry} />}
      {log.isError && log.data === undefined && (
        <Failed error={log.error} onRetry={retry} />
      )}
      {log.data !== undefined && items.length === 0 && !log.hasNextPage && (
        <Empty
          icon={<IconWebhook size={28} />}
          title={t(
            filters.state === undefined ? "operations.logNone" : "operations.logNoneOf",
          )}
          text={filters.state === undefined ? t("operations.logNoneHint") : undefined}
        />
      )}
      {items.length > 0 && (
        <ul className={rows.list} aria-label={t("operations.log")}>
          {items.map((one) => (
            <Row key={one.id} one={one} onShow={() => setShown(one.id)} />
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <Center p="md">
          <Button
            variant="default"
            loading={log.isFetchingNextPage}
            onClick={() => void log.fetchNextPage()}
          >
            {t("operations.logMore")}
          </Button>
        </Center>
      )}
      <WebhookDialog id={shown} onClose={() => setShown(undefined)} />
    </Panel>
  );
}

function Row({ one, onShow }: { one: ChatWebhook; onShow: () => void }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const time = showMoment(locale, tenant.timeZone, one.receivedAt);
  const Platform = one.platform === "whatsapp" ? IconBrandWhatsapp : IconBrandTelegram;
  return (
    <li className={rows.row}>
      <div className={classes.logMain}>
        <div className={rows.name}>
          <Platform size={17} aria-hidden="true" />
          <Text size="sm" span fw={560}>
            {PLATFORM_NAMES[one.platform]}
          </Text>
          <Text size="sm" span className="number">
            {time}
          </Text>
          <StateBadge state={one.state} />
        </div>
        <Text size="xs" c="dimmed">
          <Became one={one} />
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("operations.logShowOf", { time })}
        onClick={onShow}
      >
        {t("operations.logShow")}
      </Button>
    </li>
  );
}
