import { Button, SegmentedControl } from "@mantine/core";
import { IconFileExport } from "@tabler/icons-react";
import { useState } from "react";

import { useMe } from "../../../api/queries";
import { Page } from "../../../components/Page";
import { FilterGroup, RangeFilter } from "../../../components/PeriodFilter";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { spanOf } from "../../../lib/period";
import { CLOSED, VIEWS, type Behind, type ReportFilters, type View } from "./filters";
import { LinesDrawer } from "./LinesDrawer";
import { NarrowBar } from "./NarrowBar";
import { OutcomesReport } from "./OutcomesReport";
import { useReportFile } from "./queries";
import { ReturnsReport } from "./ReturnsReport";
import type { Shown } from "./shown";
import { StaysReport } from "./StaysReport";
import { TouchReport } from "./TouchReport";

interface ReportsProps {
  filters: ReportFilters;
  onFilters: (filters: ReportFilters) => void;
}

/** How the desk works: how soon, how long, what comes back, what comes of it. */
export function ReportsScreen({ filters, onFilters }: ReportsProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  // The same days for all that is on the screen, also past midnight.
  const [now] = useState(() => new Date());
  const span = spanOf(filters, tenant.timeZone, now);
  const view = filters.view ?? "touch";
  const show = (changes: ReportFilters) =>
    onFilters({ ...filters, ...CLOSED, ...changes });
  const look = (behind: Behind) => onFilters({ ...filters, ...CLOSED, ...behind });
  const shown = { filters, span, onBehind: look };
  return (
    <Page
      title={t("deskReports.title")}
      intro={t("deskReports.intro")}
      actions={
        <FilterGroup>
          <RangeFilter timeZone={tenant.timeZone} period={filters} onPeriod={show} />
          <FileButton filters={filters} span={span} />
        </FilterGroup>
      }
    >
      <SegmentedControl<View>
        aria-label={t("deskReports.view")}
        value={view}
        onChange={(next) => show({ view: next === "touch" ? undefined : next })}
        data={VIEWS.map((value) => ({ value, label: t(`deskReports.view.${value}`) }))}
        style={{ alignSelf: "start", maxWidth: "100%", overflowX: "auto" }}
      />
      <NarrowBar filters={filters} span={span} onNarrow={show} />
      {view === "touch" && <TouchReport {...shown} />}
      {view === "stays" && <StaysReport {...shown} />}
      {view === "returns" && <ReturnsReport {...shown} />}
      {view === "outcomes" && (
        <OutcomesReport
          {...shown}
          onBy={(by) => show({ by: by === "asesor" ? undefined : by })}
        />
      )}
      <LinesDrawer filters={filters} span={span} onClose={() => look({})} />
    </Page>
  );
}

function FileButton({ filters, span }: Pick<Shown, "filters" | "span">) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const file = useReportFile(filters, span);
  return (
    <Button
      variant="default"
      leftSection={<IconFileExport size={16} aria-hidden="true" />}
      // On a phone, what is left is for the name of the days.
      style={{ flex: "none", width: "auto" }}
      loading={file.isPending}
      onClick={() => file.mutate(undefined, { onError: toasts.failed })}
    >
      {t("deskReports.csv")}
    </Button>
  );
}
