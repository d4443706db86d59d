import { Button, Group, Select, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { IconFileExport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import { useMe } from "../../api/queries";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { FilterGroup, RangeFilter } from "../../components/PeriodFilter";
import { Failed, Stale } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { spanOf, type Span } from "../../lib/period";
import {
  BYS,
  COHORTS,
  MODELS,
  type By,
  type Cohort,
  type Model,
  type SaleReportFilters,
} from "./filters";
import { FirstSale } from "./FirstSale";
import { Funnel } from "./Funnel";
import { Lines } from "./Lines";
import { OtherMoney } from "./OtherMoney";
import { OverTime } from "./OverTime";
import { reportQuery, useReportFile } from "./queries";
import classes from "./Report.module.css";
import { ResultsDrawer } from "./ResultsDrawer";
import { Totals } from "./Totals";

interface ReportProps {
  filters: SaleReportFilters;
  onFilters: (filters: SaleReportFilters) => void;
  /** What is to be said before everything else. */
  children?: ReactNode;
}

/** From the ad to the sale. */
export function ReportScreen({ filters, onFilters, children }: ReportProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  // The same days for all that is on the screen, also past midnight.
  const [now] = useState(() => new Date());
  const span = spanOf(filters, tenant.timeZone, now);
  const found = useQuery(reportQuery(filters, span));
  const show = (changes: SaleReportFilters) => onFilters({ ...filters, ...changes });
  const retry = () => void found.refetch();
  return (
    <Page
      title={t("report.title")}
      intro={t("report.intro")}
      actions={
        <FilterGroup>
          <Currency
            all={found.data?.currencies ?? []}
            chosen={found.data?.currency}
            onChoose={(currency) => show({ currency })}
          />
          <RangeFilter timeZone={tenant.timeZone} period={filters} onPeriod={show} />
        </FilterGroup>
      }
    >
      {children}
      {found.isPending && <Skeleton height={420} />}
      {found.isError && found.data === undefined && (
        <Failed error={found.error} onRetry={retry} />
      )}
      {found.isError && found.data !== undefined && <Stale onRetry={retry} />}
      {found.data !== undefined && (
        <>
          <Totals
            report={found.data}
            metric={filters.metric ?? "revenueCents"}
            onMetric={(metric) =>
              show({ metric: metric === "revenueCents" ? undefined : metric })
            }
          >
            <OverTime
              report={found.data}
              span={span}
              metric={filters.metric ?? "revenueCents"}
              fading={found.isPlaceholderData}
            />
          </Totals>
          <OtherMoney report={found.data} onChoose={(currency) => show({ currency })} />
          <FirstSale report={found.data} />
          <Funnel figures={found.data.totals} />
          <Ways filters={filters} onFilters={show} />
          <Lines
            report={found.data}
            filters={filters}
            onFilters={show}
            fading={found.isPlaceholderData}
            actions={
              <Group gap="xs">
                <LinkButton to="/report/costs" size="xs" variant="default">
                  {t("costs.title")}
                </LinkButton>
                <FileButton filters={filters} span={span} />
              </Group>
            }
          />
          <ResultsDrawer
            report={found.data}
            filters={filters}
            span={span}
            onKind={(kind) => show({ kind })}
            onClose={() => show({ kind: undefined })}
          />
        </>
      )}
    </Page>
  );
}

interface WaysProps {
  filters: SaleReportFilters;
  onFilters: (filters: SaleReportFilters) => void;
}

/** What is grouped, which click counts, and by which day: each with what it means. */
function Ways({ filters, onFilters }: WaysProps) {
  const { t } = useSpeech();
  const { by = "campaign", cohort = "event", model = "last" } = filters;
  return (
    <div className={classes.ways}>
      <div>
        <Text size="sm" fw={500} aria-hidden="true">
          {t("report.by")}
        </Text>
        <SegmentedControl<By>
          aria-label={t("report.by")}
          value={by}
          onChange={(next) =>
            onFilters({ by: next === "campaign" ? undefined : next, line: undefined })
          }
          data={BYS.map((value) => ({ value, label: t(`report.by.${value}`) }))}
          className={classes.tabs}
        />
      </div>
      <Select
        label={t("report.model")}
        description={t(`report.modelHint.${model}`)}
        inputWrapperOrder={["label", "input", "description"]}
        data={MODELS.map((value) => ({ value, label: t(`report.model.${value}`) }))}
        value={model}
        allowDeselect={false}
        onChange={(value) => {
          const next: Model | undefined = MODELS.find((one) => one === value);
          onFilters({ model: next === "last" ? undefined : next });
        }}
      />
      <Select
        label={t("report.cohort")}
        description={t(`report.cohortHint.${cohort}`)}
        inputWrapperOrder={["label", "input", "description"]}
        data={COHORTS.map((value) => ({ value, label: t(`report.cohort.${value}`) }))}
        value={cohort}
        allowDeselect={false}
        onChange={(value) => {
          const next: Cohort | undefined = COHORTS.find((one) => one === value);
          onFilters({ cohort: next === "event" ? undefined : next });
        }}
      />
    </div>
  );
}

interface CurrencyProps {
  all: readonly string[];
  chosen: string | undefined;
  onChoose: (currency: string) => void;
}

/** Not there for those who sell in one money alone. */
function Currency({ all, chosen, onChoose }: CurrencyProps) {
  const { t } = useSpeech();
  if (all.length < 2 || chosen === undefined) return null;
  return (
    <Select
      aria-label={t("report.currency")}
      w={100}
      data={[...all]}
      value={chosen}
      allowDeselect={false}
      onChange={(next) => next !== null && onChoose(next)}
    />
  );
}

function FileButton({ filters, span }: { filters: SaleReportFilters; span: Span }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const file = useReportFile(filters, span);
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconFileExport size={16} aria-hidden="true" />}
      loading={file.isPending}
      onClick={() => file.mutate(undefined, { onError: toasts.failed })}
    >
      {t("deskReports.csv")}
    </Button>
  );
}
