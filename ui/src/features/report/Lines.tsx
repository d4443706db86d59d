import { ScrollArea, Table, Text, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconMoodEmpty } from "@tabler/icons-react";

import type { ReactNode } from "react";

import type { SaleReport, SaleReportLine } from "../../api/model";
import { Panel } from "../../components/Panel";
import { Empty } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import type { Kind, SaleReportFilters } from "./filters";
import numbers from "../../components/Numbers.module.css";
import classes from "./Report.module.css";
import {
  COLUMNS,
  inOrder,
  nameOf,
  rate,
  useWritten,
  valueOf,
  type Column,
  type Written,
} from "./shown";

interface LinesProps {
  report: SaleReport;
  filters: SaleReportFilters;
  onFilters: (filters: SaleReportFilters) => void;
  fading: boolean;
  actions: ReactNode;
}

const BEHIND: Partial<Record<Column, Kind>> = {
  contacts: "contact",
  conversations: "conversation",
  leads: "lead",
  sales: "sale",
};

const SOURCES = ["go", "ctwa", "page"] as const;

/** What came of each campaign, ad set, advertisement, link or source. */
export function Lines({ report, filters, onFilters, fading, actions }: LinesProps) {
  const { t } = useSpeech();
  const written = useWritten(report.currency);
  const title = t(`report.by.${report.by}`);
  if (report.lines.length === 0) {
    return (
      <Panel title={title}>
        <Empty
          icon={<IconMoodEmpty size={28} />}
          title={t("report.none")}
          text={t("report.noneHint")}
        />
      </Panel>
    );
  }
  return (
    <Panel flush title={title} hint={t("report.linesHint")} actions={actions}>
      <ScrollArea
        type="auto"
        data-scrolls
        data-fading={fading || undefined}
        viewportProps={{
          tabIndex: 0,
          role: "region",
          "aria-label": t("deskReports.tableOf", { what: title }),
        }}
      >
        <Table className={`${numbers.table} ${classes.table}`} verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{title}</Table.Th>
              {COLUMNS.map((column) => (
                <Head
                  key={column}
                  column={column}
                  sort={filters.sort}
                  onSort={(sort) => onFilters({ sort })}
                />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {inOrder(report, filters.sort).map((line) => (
              <Row
                key={line.key}
                line={line}
                by={report.by}
                chosen={line.key === filters.line}
                written={written}
                onFilters={onFilters}
              />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {report.moreLines > 0 && (
        <Text size="sm" c="dimmed" p="md">
          {t("report.moreLines", { count: report.moreLines })}
        </Text>
      )}
    </Panel>
  );
}

interface HeadProps {
  column: Column;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
}

/** Sorts from the most on, from the least on, and as it was. */
function Head({ column, sort, onSort }: HeadProps) {
  const { t } = useSpeech();
  const down = sort === `-${column}`;
  const up = sort === column;
  const next = down ? column : up ? undefined : `-${column}`;
  return (
    <Table.Th scope="col" aria-sort={down ? "descending" : up ? "ascending" : undefined}>
      <UnstyledButton className={classes.sort} onClick={() => onSort(next)}>
        {t(`report.metric.${column}`)}
        {down && <IconArrowDown size={13} aria-hidden="true" />}
        {up && <IconArrowUp size={13} aria-hidden="true" />}
      </UnstyledButton>
    </Table.Th>
  );
}

interface RowProps {
  line: SaleReportLine;
  by: SaleReport["by"];
  chosen: boolean;
  written: Written;
  onFilters: (filters: SaleReportFilters) => void;
}

function Row({ line, by, chosen, written, onFilters }: RowProps) {
  const { t } = useSpeech();
  const called = useCalled(line, by);
  return (
    <Table.Tr data-chosen={chosen || undefined}>
      <Table.Th scope="row">
        <UnstyledButton
          className={classes.line}
          aria-pressed={chosen}
          onClick={() => onFilters({ line: chosen ? undefined : line.key })}
        >
          {called}
        </UnstyledButton>
        <Text size="xs" c="dimmed">
          {line.hasClick ? beside(line, by) : t("report.noClickHint")}
        </Text>
      </Table.Th>
      {COLUMNS.map((column) => (
        <Table.Td key={column} className="number">
          <Cell
            column={column}
            line={line}
            called={called}
            written={written}
            onBehind={(kind) => onFilters({ line: line.key, kind })}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** What people call a line. */
export function useCalled(
  line: SaleReportLine | undefined,
  by: SaleReport["by"],
): string {
  const { t } = useSpeech();
  if (line === undefined) return t("report.allLines");
  const source = SOURCES.find((one) => one === line.source);
  if (source !== undefined) return t(`report.source.${source}`);
  if (!line.hasClick) return t("credit.none");
  return nameOf(line, by) ?? t(`report.without.${by}`);
}

/** Its id where it has a name, and what it is part of. */
function beside(line: SaleReportLine, by: SaleReport["by"]): string {
  const id = by === "link" || by === "source" || line.name === null ? null : line[by];
  return [id, ...line.partOf].filter((one) => one !== null).join(" · ");
}

interface CellProps {
  column: Column;
  line: SaleReportLine;
  called: string;
  written: Written;
  onBehind: (kind: Kind) => void;
}

function Cell({ column, line, called, written, onBehind }: CellProps) {
  const { t } = useSpeech();
  const value = valueOf(line.figures, column);
  if (column === "roas") return written.times(value);
  if (column === "perSale") return written.money(value);
  const text = written.figure(column, value ?? null);
  const kind = BEHIND[column];
  if (kind === undefined || !value) return text;
  const share = rate(value, line.figures.clicks);
  return (
    <>
      <button
        type="button"
        className={classes.number}
        aria-label={t("report.see", {
          what: t(`report.metric.${column}`),
          count: value,
          line: called,
        })}
        onClick={() => onBehind(kind)}
      >
        {text}
      </button>
      {share !== undefined && share <= 1 && (
        <Text span size="xs" c="dimmed" display="block">
          {written.percent(share)}
        </Text>
      )}
    </>
  );
}
