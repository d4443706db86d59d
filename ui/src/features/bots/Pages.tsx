import { Table } from "@mantine/core";

import type { Bots } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import numbers from "../../components/Numbers.module.css";
import classes from "./Bots.module.css";

/** What they looked at. */
export function Pages({ bots: { pages } }: { bots: Bots }) {
  const { t, number } = useSpeech();
  const most = Math.max(1, ...pages.map(({ events }) => events));
  return (
    <Panel flush title={t("bots.pages")} hint={t("bots.pagesHint")}>
      <Table
        className={`${numbers.table} ${classes.table}`}
        verticalSpacing={9}
        horizontalSpacing="lg"
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("bots.page")}</Table.Th>
            <Table.Th>{t("bots.events")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pages.map(({ host, path, events }) => (
            <Table.Tr key={`${host} ${path}`}>
              <Table.Th
                scope="row"
                className={classes.part}
                style={{ "--part": `${(100 * events) / most}%` }}
              >
                {path === "" ? (
                  <span className={classes.empty}>{t("bots.pageless")}</span>
                ) : (
                  path
                )}
                {host !== "" && <span className={classes.what}>{host}</span>}
              </Table.Th>
              <Table.Td className="number">{number(events)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
