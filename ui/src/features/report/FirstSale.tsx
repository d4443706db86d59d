import { Text } from "@mantine/core";
import type { ReactNode } from "react";

import type { SaleReport } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import classes from "./Report.module.css";

/** What is to be set up until the report has all its numbers; not there once it has. */
export function FirstSale({ report }: { report: SaleReport }) {
  const { t } = useSpeech();
  const { totals } = report;
  const isAdmin = useMe().user.role === "admin";
  const steps: [boolean, ReactNode][] = [
    [
      totals.clicks > 0,
      <LinkText key="links" to="/links" inherit>
        {t("report.first.links")}
      </LinkText>,
    ],
    [
      totals.conversations + totals.contacts > 0,
      isAdmin ? (
        <LinkText key="channels" to="/settings/channels" inherit>
          {t("report.first.channels")}
        </LinkText>
      ) : (
        t("report.first.channels")
      ),
    ],
    [
      totals.sales > 0,
      <LinkText key="sales" to="/sales" inherit>
        {t("report.first.sales")}
      </LinkText>,
    ],
    [
      totals.costCents !== null,
      <LinkText key="costs" to="/report/costs" inherit>
        {t("report.first.costs")}
      </LinkText>,
    ],
  ];
  if (steps.every(([done]) => done)) return null;
  return (
    <Panel title={t("report.first")} hint={t("report.firstHint")}>
      <ol className={classes.steps}>
        {steps.map(([done, link], number) => (
          <li key={String(number)} data-done={done || undefined}>
            <Text span size="sm">
              {link}
            </Text>
            {done && (
              <Text span size="xs" c="dimmed">
                {" "}
                {t("report.first.done")}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
