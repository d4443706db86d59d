import { Alert, Skeleton, Stack, Text } from "@mantine/core";
import { IconInfoCircle, IconMoodEmpty } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Funnel } from "../../api/model";
import { useMe } from "../../api/queries";
import { Answer } from "../../components/Answer";
import { Panel } from "../../components/Panel";
import { Empty } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { spanOf } from "../../lib/period";
import type { Filters, Step } from "./filters";
import { FunnelPlot } from "./FunnelPlot";
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
  const { tenant } = useMe();
  const span = spanOf(filters, tenant.timeZone, new Date());
  const funnel = useQuery(funnelQuery(tenant.id, filters, steps, span));
  return (
    <Answer boxed query={funnel} waiting={<ResultSkeleton />}>
      {(data) => <Told funnel={data} filters={filters} example={example} />}
    </Answer>
  );
}

interface ToldProps {
  funnel: Funnel;
  filters: Filters;
  example: boolean;
}

function Told({ funnel, filters, example }: ToldProps) {
  const { t } = useSpeech();
  const began = funnel.steps[0]?.visitors ?? 0;
  return (
    <>
      {example && (
        <Alert variant="light" p="xs" icon={<IconInfoCircle aria-hidden="true" />}>
          <Text size="sm">{t("funnel.example")}</Text>
        </Alert>
      )}
      {began === 0 ? (
        <Nobody type={funnel.steps[0]?.eventType ?? ""} />
      ) : (
        <div>
          <Drawn funnel={funnel} filters={filters} />
        </div>
      )}
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
