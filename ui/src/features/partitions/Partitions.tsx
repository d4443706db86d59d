import { Alert, SegmentedControl, Skeleton, Stack } from "@mantine/core";
import { IconDatabaseOff, IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import type { Partitions, Removal } from "../../api/model";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Plot, type PlotRow } from "../../components/Plot";
import { Empty, Failed, Stale } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { showBytes } from "../../lib/bytes";
import { useSpeech } from "../../lib/i18n";
import { Kept } from "./Kept";
import { MonthsTable } from "./MonthsTable";
import { useMonthWord } from "./months";
import classes from "./Partitions.module.css";
import { partitionsQuery, useEnded, useRemoveMonth } from "./queries";
import { Removals } from "./Removals";
import { RemoveDialog } from "./RemoveDialog";

/** What is stored, month by month, for how long, and removing a month of it. */
export function PartitionsScreen() {
  const { t } = useSpeech();
  const partitions = useQuery(partitionsQuery());
  const retry = () => void partitions.refetch();
  const { data } = partitions;
  useNewsOfRemovals(data?.removals);

  return (
    <Page title={t("partitions.title")} intro={t("partitions.intro")}>
      {partitions.isPending && (
        <>
          <Panel>
            <Skeleton height={64} />
          </Panel>
          <Panel>
            <Skeleton height={320} />
          </Panel>
        </>
      )}
      {partitions.isError &&
        (data === undefined ? (
          <Panel>
            <Failed error={partitions.error} onRetry={retry} />
          </Panel>
        ) : (
          <Stale onRetry={retry} />
        ))}
      {data !== undefined && <Stored partitions={data} />}
    </Page>
  );
}

function useNewsOfRemovals(removals: readonly Removal[] | undefined): void {
  const { t } = useSpeech();
  const toasts = useToasts();
  const monthWord = useMonthWord();
  const tell = useCallback(
    ({ month, state, events }: Removal) => {
      const text = state === "done" ? "partitions.removed" : "partitions.notRemoved";
      toasts.say(t(text, { month: monthWord(month), count: events ?? 0 }));
    },
    [t, toasts, monthWord],
  );
  useEnded(removals, tell);
}

function Stored({ partitions }: { partitions: Partitions }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const [removing, setRemoving] = useState<string>();
  const remove = useRemoveMonth();
  const month = partitions.items.find((one) => one.month === removing);

  function ask(asked: string): void {
    remove.mutate(asked, {
      onSuccess: () => setRemoving(undefined),
      onError: toasts.failed,
    });
  }

  return (
    <>
      {partitions.tenantOnly && (
        <Alert
          color="petrol"
          variant="light"
          icon={<IconInfoCircle aria-hidden="true" />}
        >
          {t("partitions.shared")}
        </Alert>
      )}
      <Panel flush title={t("partitions.kept")}>
        <Kept partitions={partitions} />
      </Panel>
      {partitions.items.length === 0 ? (
        <Panel>
          <Empty
            icon={<IconDatabaseOff size={28} />}
            title={t("partitions.empty")}
            text={t("partitions.emptyHint")}
          />
        </Panel>
      ) : (
        <Panel flush title={t("partitions.months")} hint={t("partitions.monthsHint")}>
          <Stack gap={0}>
            <div className={classes.plot}>
              <MonthsPlot partitions={partitions} />
            </div>
            <MonthsTable partitions={partitions} onRemove={setRemoving} />
          </Stack>
        </Panel>
      )}
      {partitions.removals.length > 0 && (
        <Panel flush title={t("partitions.removals")}>
          <Removals removals={partitions.removals} />
        </Panel>
      )}
      <RemoveDialog
        month={month}
        shared={partitions.tenantOnly}
        removing={remove.isPending}
        onRemove={ask}
        onClose={() => setRemoving(undefined)}
      />
    </>
  );
}

type Measure = "events" | "bytes";

function MonthsPlot({ partitions }: { partitions: Partitions }) {
  const { t, locale, number } = useSpeech();
  const monthWord = useMonthWord();
  const [wanted, setWanted] = useState<Measure>("events");
  const measure = partitions.tenantOnly ? "events" : wanted;
  const format = measure === "bytes" ? showBytes.bind(null, locale) : number;
  const rows = partitions.items.toReversed().map(({ month, ...sizes }): PlotRow => ({
    start: month,
    short: monthWord(month, "short"),
    long: monthWord(month),
    named: true,
    value: sizes[measure] ?? 0,
  }));
  return (
    <Plot
      kind="bars"
      rows={rows}
      name={t(`partitions.${measure}`)}
      rowName={t("partitions.month")}
      label={t(measure === "events" ? "partitions.plotEvents" : "partitions.plotBytes")}
      height={200}
      format={format}
      formatShort={measure === "bytes" ? format : undefined}
      controls={
        !partitions.tenantOnly && (
          <SegmentedControl
            size="xs"
            aria-label={t("partitions.measure")}
            data={(["events", "bytes"] as const).map((value) => ({
              value,
              label: t(`partitions.${value}`),
            }))}
            value={measure}
            onChange={setWanted}
          />
        )
      }
    />
  );
}
