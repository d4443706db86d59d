import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { DeskStay, DeskStays } from "../../../api/model";
import { Answer } from "../../../components/Answer";
import { Panel } from "../../../components/Panel";
import { Waiting } from "../../../components/Waiting";
import { useSpeech } from "../../../lib/i18n";
import { StatusChip } from "../StatusChip";
import { NumberButton } from "./NumberButton";
import { staysQuery } from "./queries";
import classes from "./Reports.module.css";
import { ReportTable } from "./ReportTable";
import type { Shown } from "./shown";
import { useFigures } from "./words";

/** How long clientes were in each status that they left, and how they left it. */
export function StaysReport({ filters, span, onBehind }: Shown) {
  const report = useQuery(staysQuery(filters, span));
  return (
    <Answer boxed query={report} waiting={<Waiting heights={[320]} />}>
      {(data) => <Found report={data} onBehind={onBehind} />}
    </Answer>
  );
}

type FoundProps = Pick<Shown, "onBehind"> & { report: DeskStays };

function Found({ report: { items, before }, onBehind }: FoundProps) {
  const { t } = useSpeech();
  return (
    <Panel flush title={t("deskReports.stays")} hint={t("deskReports.staysHint")}>
      <ReportTable
        words
        label={t("deskReports.stays")}
        heads={[
          t("desk.column.status"),
          t("deskReports.stays.count"),
          t("deskReports.median"),
          t("deskReports.p90"),
          t("deskReports.average"),
          t("deskReports.medianBefore"),
          t("deskReports.leftBy"),
        ]}
      >
        {items.map((stay, place) => (
          <Row key={stay.status} stay={stay} before={before[place]} onBehind={onBehind} />
        ))}
      </ReportTable>
      <div className={classes.foot}>
        <Text size="xs" c="dimmed">
          {t("deskReports.wallClock")}
        </Text>
      </div>
    </Panel>
  );
}

interface RowProps extends Pick<Shown, "onBehind"> {
  stay: DeskStay;
  before: DeskStay | undefined;
}

function Row({ stay, before, onBehind }: RowProps) {
  const { t, number } = useSpeech();
  const { time } = useFigures();
  const { status } = stay;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <StatusChip status={status} />
      </Table.Th>
      <Table.Td>
        <NumberButton
          count={stay.stays}
          name={t(`desk.status.${status}`)}
          onPress={() => onBehind({ figure: "left", status })}
        />
      </Table.Td>
      <Table.Td className="number">{time(stay.medianSeconds)}</Table.Td>
      <Table.Td className="number">{time(stay.p90Seconds)}</Table.Td>
      <Table.Td className="number">{time(stay.averageSeconds)}</Table.Td>
      <Table.Td className="number" c="dimmed">
        {time(before?.medianSeconds ?? null)}
      </Table.Td>
      <Table.Td className={classes.words}>
        <div className={classes.moves}>
          {stay.leftBy.map(({ move, clientes }) => (
            <NumberButton
              key={move}
              count={clientes}
              name={t(`desk.move.${move}`)}
              text={`${t(`desk.move.${move}`)} ${number(clientes)}`}
              onPress={() => onBehind({ figure: "left", status, move })}
            />
          ))}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
