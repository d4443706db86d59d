import { Table } from "@mantine/core";

import type { Bots } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import numbers from "../../components/Numbers.module.css";
import classes from "./Bots.module.css";
import { useKinds } from "./words";

/** Who they say they are. */
export function Names({ bots: { names, timeZone } }: { bots: Bots }) {
  const { t, locale, number } = useSpeech();
  const kinds = useKinds();
  return (
    <Panel flush title={t("bots.names")} hint={t("bots.namesHint")}>
      <Table
        className={`${numbers.table} ${classes.table}`}
        verticalSpacing={9}
        horizontalSpacing="lg"
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("bots.name")}</Table.Th>
            <Table.Th className={classes.wide}>{t("bots.lastSeen")}</Table.Th>
            <Table.Th>{t("bots.events")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map(({ name, reason, events, lastSeenAt }) => (
            <Table.Tr key={`${reason} ${name}`}>
              <Table.Th scope="row">
                {name === "" ? (
                  <span className={classes.empty}>{t("bots.nameless")}</span>
                ) : (
                  name
                )}
                <span className={classes.what}>{kinds(reason).name}</span>
              </Table.Th>
              <Table.Td className={classes.wide}>
                {showMoment(locale, timeZone, lastSeenAt)}
              </Table.Td>
              <Table.Td className="number">{number(events)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
