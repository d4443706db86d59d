import { Alert, Skeleton, Stack, Text } from "@mantine/core";
import { IconInfoCircle, IconMoodEmpty } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Funnel } from "../../api/model";
import { useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { spanOf } from "../../lib/period";
import type { Filters, Step } from "./filters";
import { FunnelPlot } from "./FunnelPlot";
import classes from "./Funnels.module.css";
import { FunnelTable } from "./FunnelTable";
import { funnelQuery } from "./queries";
import { Summary } from "./Summary";

interface ResultProps {
  filters: Filters;
  steps: readonly Step[];
  example: boolean;
}

/** Fewer than these tell more of chance than of the shop. */
const FEW_VISITORS = 20;

/** What became of those who began. */
export function Result({ filters, steps, example }: ResultProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const span = spanOf(filters, tenant.timeZone, new Date());
  const funnel = useQuery(funnelQuery(tenant.id, filters, steps, span));
  const retry = () => void funnel.refetch();
  const { data } = funnel;
  if (funnel.isPending) return <ResultSkeleton />;
  if (data === undefined) {
    return (
      <Panel>
        <Failed error={funnel.error} onRetry={retry} />
      </Panel>
    );
  }
  const began = data.steps[0]?.visitors ?? 0;
  return (
    <>
      {funnel.isError && <Stale onRetry={retry} />}
      {example && (
        <Alert variant="light" p="xs" icon={<IconInfoCircle aria-hidden="true" />}>
          <Text size="sm">{t("funnel.example")}</Text>
        </Alert>
      )}
      <div
        className={classes.found}
        data-fading={funnel.isPlaceholderData || undefined}
        aria-busy={funnel.isPlaceholderData}
      >
        {began === 0 ? (
          <Nobody type={data.steps[0]?.eventType ?? ""} />
        ) : (
          <Drawn funnel={data} filters={filters} />
        )}
      </div>
      {began > 0 && began < FEW_VISITORS && (
        <Text size="sm" c="dimmed">
          {t("funnel.few", { count: began })}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t("funnel.note")}
      </Text>
    </>
  );
}

function Drawn({ funnel, filters }: { funnel: Funnel; filters: Filters }) {
  const { t } = useSpeech();
  return (
    <Stack gap="lg">
      <Panel>
        <Summary funnel={funnel} />
        <FunnelPlot funnel={funnel} />
      </Panel>
      <Panel flush title={t("funnel.table")}>
        <FunnelTable funnel={funnel} filters={filters} />
      </Panel>
    </Stack>
  );
}

function Nobody({ type }: { type: string }) {
  const { t } = useSpeech();
  return (
    <Panel>
      <Empty
        icon={<IconMoodEmpty size={28} />}
        title={t("funnel.nobody")}
        text={t("funnel.nobodyHint", { type })}
      />
    </Panel>
  );
}

export function ResultSkeleton() {
  const { t } = useSpeech();
  return (
    <Panel>
      <span className="visually-hidden" role="status">
        {t("state.loading")}
      </span>
      <Skeleton height={56} mb="lg" />
      <Skeleton height={280} />
    </Panel>
  );
}
