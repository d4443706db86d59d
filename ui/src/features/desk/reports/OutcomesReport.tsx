import { SegmentedControl, Table } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { DeskOutcomes, DeskOutcomesOf, DeskReportBy } from "../../../api/model";
import { Answer } from "../../../components/Answer";
import { Beside, Drawn, Figure, Figures } from "../../../components/Figures";
import { Panel } from "../../../components/Panel";
import { Plot } from "../../../components/Plot";
import { Empty } from "../../../components/States";
import { Waiting } from "../../../components/Waiting";
import { useSpeech } from "../../../lib/i18n";
import { useSourceWord } from "../../contacts/words";
import { BYS, type Behind } from "./filters";
import { NumberButton } from "./NumberButton";
import { outcomesQuery } from "./queries";
import { BarHead, ReportTable } from "./ReportTable";
import type { Shown } from "./shown";
import { showHour, useFigures } from "./words";

interface OutcomesProps extends Shown {
  onBy: (by: DeskReportBy) => void;
}

/** What comes of clientes: by who worked on them, campaign, hour of the day, or source. */
export function OutcomesReport({ filters, span, onBehind, onBy }: OutcomesProps) {
  const by = filters.by ?? "asesor";
  const report = useQuery(outcomesQuery(filters, span, by));
  return (
    <Answer boxed query={report} waiting={<Waiting heights={[120, 420]} />}>
      {(data) => <Found report={data} onBehind={onBehind} onBy={onBy} />}
    </Answer>
  );
}

type FoundProps = Pick<OutcomesProps, "onBehind" | "onBy"> & { report: DeskOutcomes };

function Found({ report, onBehind, onBy }: FoundProps) {
  const { t, number } = useSpeech();
  const first = report.outcomes.find(({ outcome }) => outcome !== null);
  const then = report.outcomesBefore.find(({ outcome }) => outcome === first?.outcome);
  const nothing = report.completed === 0 && report.returned === 0;
  return (
    <>
      <Panel flush>
        <Figures of="three">
          <Figure name={t("deskReports.completed")} value={number(report.completed)}>
            <Beside>
              {t("deskReports.before", { value: number(report.completedBefore) })}
            </Beside>
          </Figure>
          <Figure
            name={first?.outcome ?? t("deskReports.outcome")}
            value={first === undefined ? "–" : number(first.clientes)}
          >
            <Beside>{t("deskReports.mostFrequent")}</Beside>
            <Beside>
              {t("deskReports.before", { value: number(then?.clientes ?? 0) })}
            </Beside>
          </Figure>
          <Figure name={t("deskReports.returns")} value={number(report.returned)}>
            <Beside>
              {t("deskReports.before", { value: number(report.returnedBefore) })}
            </Beside>
          </Figure>
        </Figures>
      </Panel>
      <Panel
        flush
        title={t("deskReports.outcomes")}
        hint={t("deskReports.outcomesHint")}
        actions={
          <SegmentedControl<DeskReportBy>
            size="xs"
            aria-label={t("deskReports.by")}
            value={report.by}
            onChange={onBy}
            data={BYS.map((value) => ({ value, label: t(`deskReports.by.${value}`) }))}
          />
        }
      >
        {nothing ? (
          <Empty
            icon={<IconChecklist size={28} />}
            title={t("deskReports.outcomes.empty")}
            text={t("deskReports.empty.hint")}
          />
        ) : (
          <Groups report={report} onBehind={onBehind} />
        )}
      </Panel>
    </>
  );
}

/** Outcomes that have a column; the others are one together. */
const COLUMNS = 5;

function Groups({ report, onBehind }: Pick<FoundProps, "report" | "onBehind">) {
  const { t } = useSpeech();
  const columns = report.outcomes.slice(0, COLUMNS).map(({ outcome }) => outcome);
  const rest = report.outcomes.length > COLUMNS;
  const most = Math.max(1, ...report.items.map(({ completed }) => completed));
  return (
    <>
      {report.by === "hour" && <ByHour items={report.items} />}
      <ReportTable
        label={t("deskReports.outcomes")}
        heads={[
          t(`deskReports.by.${report.by}`),
          t("deskReports.completed"),
          ...columns.map((outcome) => outcome ?? t("deskReports.noOutcome")),
          ...(rest ? [t("deskReports.otherOutcomes")] : []),
          t("deskReports.returns"),
          t("deskReports.handling"),
        ]}
      >
        {report.items.map((one) => (
          <Row
            key={one.key ?? ""}
            by={report.by}
            one={one}
            columns={columns}
            rest={rest}
            most={most}
            onBehind={onBehind}
          />
        ))}
      </ReportTable>
    </>
  );
}

function ByHour({ items }: { items: readonly DeskOutcomesOf[] }) {
  const { t, locale } = useSpeech();
  return (
    <Drawn>
      <Plot
        kind="bars"
        plain
        rows={items.map(({ key, completed }) => ({
          start: key ?? "",
          short: showHour(locale, Number(key)),
          long: showHour(locale, Number(key)),
          named: Number(key) % 3 === 0,
          value: completed,
        }))}
        name={t("deskReports.completed")}
        rowName={t("deskReports.hour")}
        label={t("deskReports.perHour", { metric: t("deskReports.completed") })}
        height={180}
      />
    </Drawn>
  );
}

interface RowProps extends Pick<Shown, "onBehind"> {
  by: DeskReportBy;
  one: DeskOutcomesOf;
  columns: readonly (string | null)[];
  rest: boolean;
  most: number;
}

function Row({ by, one, columns, rest, most, onBehind }: RowProps) {
  const { t, number } = useSpeech();
  const { time } = useFigures();
  const name = useGroupName(by, one);
  const counts = new Map(
    one.outcomes.map(({ outcome, clientes }) => [outcome, clientes]),
  );
  const shown = columns.map((outcome) => counts.get(outcome) ?? 0);
  const others = one.completed - shown.reduce((sum, count) => sum + count, 0);
  const cell = (count: number, what: string, behind: Behind) =>
    // What has no campaign is no campaign to be asked for.
    one.key === null ? (
      <span className="number">{number(count)}</span>
    ) : (
      <NumberButton
        count={count}
        name={`${name}, ${what}`}
        onPress={() => onBehind({ ...behind, ...groupOf(by, one.key) })}
      />
    );
  return (
    <Table.Tr>
      <BarHead part={one.completed / most}>{name}</BarHead>
      <Table.Td>
        {cell(one.completed, t("deskReports.completed"), { figure: "completed" })}
      </Table.Td>
      {columns.map((outcome, place) => (
        <Table.Td key={outcome ?? ""}>
          {cell(shown[place] ?? 0, outcome ?? t("deskReports.noOutcome"), {
            figure: "completed",
            result: outcome ?? "",
          })}
        </Table.Td>
      ))}
      {rest && <Table.Td className="number">{number(others)}</Table.Td>}
      <Table.Td>
        {cell(one.returned, t("deskReports.returns"), { figure: "returned" })}
      </Table.Td>
      <Table.Td className="number">{time(one.averageSeconds)}</Table.Td>
    </Table.Tr>
  );
}

function groupOf(by: DeskReportBy, key: string | null): Behind {
  if (key === null) return {};
  return by === "hour" ? { hour: Number(key) } : { of: key };
}

function useGroupName(by: DeskReportBy, { key, name }: DeskOutcomesOf): string {
  const { t, locale } = useSpeech();
  const sourceWord = useSourceWord();
  if (key === null)
    return t(by === "campaign" ? "deskReports.noCampaign" : "deskReports.none");
  if (by === "hour") return showHour(locale, Number(key));
  return by === "source" ? sourceWord(key) : (name ?? key);
}
