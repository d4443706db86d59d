import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Page } from "../../components/Page";
import { Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { ClearDialog } from "./ClearDialog";
import { historyQuery, statsQuery } from "./queries";
import { QueuePanel } from "./QueuePanel";
import { WebhookLog } from "./WebhookLog";
import type { OperationsFilters } from "./webhooks";

interface OperationsProps {
  filters: OperationsFilters;
  onFilters: (filters: OperationsFilters) => void;
}

/** The queues as they are now and were in the last hour, and what can be done with them. */
export function Operations({ filters, onFilters }: OperationsProps) {
  const { t, number } = useSpeech();
  const stats = useQuery(statsQuery);
  const history = useQuery(historyQuery);
  const [clearing, setClearing] = useState<string>();
  const retry = () => void Promise.all([stats.refetch(), history.refetch()]);

  return (
    <Page title={t("nav.operations")} intro={t("operations.intro")}>
      {(stats.isError || history.isError) && stats.data !== undefined && (
        <Stale onRetry={retry} />
      )}
      {stats.isPending && <Skeleton height={320} />}
      {stats.isError && stats.data === undefined && (
        <Failed error={stats.error} onRetry={retry} />
      )}
      {stats.data?.queues.map((queue) => (
        <QueuePanel
          key={queue.name}
          queue={queue}
          now={stats.data.at}
          points={history.data?.queues.find(({ name }) => name === queue.name)?.points}
          hint={
            queue.name === "webhook"
              ? t("operations.known", {
                  messages: number(stats.data.deduplication.cachedMessages),
                })
              : undefined
          }
          onClear={() => setClearing(queue.name)}
        />
      ))}
      <WebhookLog filters={filters} onFilters={onFilters} />
      <ClearDialog queue={clearing} onClose={() => setClearing(undefined)} />
    </Page>
  );
}
