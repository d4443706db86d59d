import { Table, Text } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { DeskReturns } from "../../../api/model";
import { Answer } from "../../../components/Answer";
import { Beside, Drawn, Figure, Figures } from "../../../components/Figures";
import { Panel } from "../../../components/Panel";
import { Plot } from "../../../components/Plot";
import { Empty } from "../../../components/States";
import { Waiting } from "../../../components/Waiting";
import { useSpeech } from "../../../lib/i18n";
import { showDay } from "../../../lib/time";
import { StatusChip } from "../StatusChip";
import { NumberButton } from "./NumberButton";
import { returnsQuery } from "./queries";
import classes from "./Reports.module.css";
import { BarHead, ReportTable } from "./ReportTable";
import type { Shown } from "./shown";
import { useFigures } from "./words";

/** How often clientes come back undone: when, why, and whose they were. */
export function ReturnsReport({ filters, span, onBehind }: Shown) {
  const report = useQuery(returnsQuery(filters, span));
  return (
    <Answer boxed query={report} waiting={<Waiting heights={[360, 240]} />}>
      {(data) => <Found report={data} onBehind={onBehind} />}
    </Answer>
  );
}

type Part = Pick<Shown, "onBehind"> & { report: DeskReturns };

function Found({ report, onBehind }: Part) {
  const { t } = useSpeech();
  if (report.totals.ended === 0) {
    return (
      <Panel>
        <Empty
          icon={<IconArrowBackUp size={28} />}
          title={t("deskReports.returns.empty")}
          text={t("deskReports.empty.hint")}
        />
      </Panel>
    );
  }
  return (
    <>
      <Totals report={report} onBehind={onBehind} />
      <div className={classes.two}>
        <Kinds report={report} onBehind={onBehind} />
        <Reasons report={report} onBehind={onBehind} />
      </div>
      <Asesores report={report} onBehind={onBehind} />
    </>
  );
}

function Totals({ report, onBehind }: Part) {
  const { t, number, locale } = useSpeech();
  const { share } = useFigures();
  const { totals, before, often, days } = report;
  const again = often.filter(({ times }) => times > 1);
  const percent = (value: number) => share(value / 100);
  return (
    <Panel flush>
      <Figures of="four">
        <Figure name={t("deskReports.returns.share")} value={share(totals.share)}>
          <Beside>{t("deskReports.returns.ofEnded", { count: totals.ended })}</Beside>
          <Beside>{t("deskReports.before", { value: share(before.share) })}</Beside>
        </Figure>
        <Figure name={t("deskReports.returns")} value={number(totals.returned)}>
          <Beside>{t("deskReports.before", { value: number(before.returned) })}</Beside>
        </Figure>
        <Figure
          name={t("deskReports.returns.again")}
          value={number(again.reduce((sum, { clientes }) => sum + clientes, 0))}
        >
          <Beside>{t("deskReports.returns.againHint")}</Beside>
        </Figure>
        <Figure
          name={t("deskReports.returns.withdrawn")}
          value={number(report.withdrawn)}
        >
          <Beside>{t("deskReports.returns.withdrawnHint")}</Beside>
        </Figure>
      </Figures>
      <Drawn>
        <Plot
          key={days[0]?.day}
          kind="bars"
          rows={days.map((day) => ({
            start: day.day,
            short: showDay(locale, day.day).replace(/[\s,]*\d{4}$| de \d{4}$/, ""),
            long: showDay(locale, day.day),
            named: true,
            value: day.share === null ? null : day.share * 100,
          }))}
          name={t("deskReports.returns.share")}
          rowName={t("deskReports.day")}
          label={t("deskReports.perDay", { metric: t("deskReports.returns.share") })}
          height={200}
          format={percent}
          formatShort={percent}
        />
      </Drawn>
      <div className={classes.foot}>
        <NumberButton
          count={totals.returned}
          name={t("deskReports.returns")}
          text={t("deskReports.returns.see", { count: totals.returned })}
          onPress={() => onBehind({ figure: "returned" })}
        />
      </div>
    </Panel>
  );
}

function Kinds({ report: { kinds, totals }, onBehind }: Part) {
  const { t } = useSpeech();
  return (
    <Panel flush title={t("deskReports.returns.kinds")}>
      <ReportTable
        label={t("deskReports.returns.kinds")}
        heads={[t("deskReports.returns.how"), t("deskReports.returns")]}
      >
        {kinds.map(({ move, status, clientes }) => (
          <Table.Tr key={`${move} ${status}`}>
            <BarHead part={clientes / totals.returned}>
              {t(`desk.move.${move}`)} <StatusChip status={status} />
            </BarHead>
            <Table.Td>
              <NumberButton
                count={clientes}
                name={t(`desk.move.${move}`)}
                onPress={() => onBehind({ figure: "returned", move, status })}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </ReportTable>
    </Panel>
  );
}

function Reasons({ report: { reasons }, onBehind }: Part) {
  const { t, number } = useSpeech();
  const most = reasons[0]?.clientes ?? 1;
  return (
    <Panel
      flush
      title={t("deskReports.returns.reasons")}
      hint={t("deskReports.returns.reasonsHint")}
    >
      {reasons.length === 0 ? (
        <div className={classes.foot}>
          <Text size="sm" c="dimmed">
            {t("deskReports.returns.noReasons")}
          </Text>
        </div>
      ) : (
        <>
          <ReportTable
            label={t("deskReports.returns.reasons")}
            heads={[t("deskReports.returns.why"), t("deskReports.returns")]}
          >
            {reasons.map(({ why, clientes }) => (
              <Table.Tr key={why ?? ""}>
                <BarHead part={clientes / most}>{why ?? "–"}</BarHead>
                <Table.Td className="number">{number(clientes)}</Table.Td>
              </Table.Tr>
            ))}
          </ReportTable>
          <div className={classes.foot}>
            <NumberButton
              count={reasons.reduce((sum, { clientes }) => sum + clientes, 0)}
              name={t("desk.move.give_back")}
              text={t("deskReports.seeAll")}
              onPress={() => onBehind({ figure: "returned", move: "give_back" })}
            />
          </div>
        </>
      )}
    </Panel>
  );
}

function Asesores({ report: { asesores }, onBehind }: Part) {
  const { t, number } = useSpeech();
  const { share } = useFigures();
  const most = Math.max(1, ...asesores.map(({ returned }) => returned));
  return (
    <Panel flush title={t("deskReports.returns.asesores")}>
      <ReportTable
        label={t("deskReports.returns.asesores")}
        heads={[
          t("desk.asesor"),
          t("deskReports.returns"),
          t("deskReports.returns.ended"),
          t("deskReports.returns.share"),
        ]}
      >
        {asesores.map(({ asesor, ended, returned, share: part }) => (
          <Table.Tr key={asesor.id}>
            <BarHead part={returned / most}>{asesor.name}</BarHead>
            <Table.Td>
              <NumberButton
                count={returned}
                name={asesor.name}
                onPress={() => onBehind({ figure: "returned", of: asesor.id })}
              />
            </Table.Td>
            <Table.Td className="number">{number(ended)}</Table.Td>
            <Table.Td className="number">{share(part)}</Table.Td>
          </Table.Tr>
        ))}
      </ReportTable>
    </Panel>
  );
}
