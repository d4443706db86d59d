import { Table } from "@mantine/core";

import type { Bots } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import numbers from "../../components/Numbers.module.css";
import classes from "./Bots.module.css";
import { useKinds, useShare } from "./words";

/** Why they were left out: the kinds of bots, each in words. */
export function Kinds({ bots: { reasons, botEvents } }: { bots: Bots }) {
  const { t, number } = useSpeech();
  const kinds = useKinds();
  const share = useShare();
  const most = Math.max(1, ...reasons.map(({ events }) => events));
  return (
    <Panel flush title={t("bots.reasons")} hint={t("bots.reasonsHint")}>
      <Table
        className={`${numbers.table} ${classes.table}`}
        verticalSpacing={9}
        horizontalSpacing="lg"
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("bots.kind")}</Table.Th>
            <Table.Th>{t("bots.events")}</Table.Th>
            <Table.Th>{t("bots.part")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reasons.map(({ reason, events }) => (
            <Table.Tr key={reason}>
              <Table.Th
                scope="row"
                className={classes.part}
                style={{ "--part": `${(100 * events) / most}%` }}
              >
                {kinds(reason).name}
                <span className={classes.what}>{kinds(reason).what}</span>
              </Table.Th>
              <Table.Td className="number">{number(events)}</Table.Td>
              <Table.Td className="number">{share(events, botEvents)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
