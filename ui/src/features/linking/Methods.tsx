import { ScrollArea, Table } from "@mantine/core";

import type { LinkingReport } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { showDuration } from "../../lib/time";
import classes from "./Linking.module.css";

/** How it was said which visitor is which contact, what became of it, and how soon. */
export function Methods({ report: { methods } }: { report: LinkingReport }) {
  const { t, number, locale } = useSpeech();
  const most = Math.max(1, ...methods.map(({ claims }) => claims));
  const slowest = Math.max(1, ...methods.map((one) => one.formToLink.p95Seconds ?? 0));
  return (
    <Panel flush title={t("linking.byMethod")} hint={t("linking.byMethodHint")}>
      <ScrollArea
        type="auto"
        data-scrolls
        viewportProps={{
          tabIndex: 0,
          role: "region",
          "aria-label": t("linking.byMethodHint"),
        }}
      >
        <Table className={classes.methods} verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("linking.method")}</Table.Th>
              <Table.Th>{t("linking.count.linked")}</Table.Th>
              <Table.Th>{t("linking.count.confirmed")}</Table.Th>
              <Table.Th>{t("linking.count.displaced")}</Table.Th>
              <Table.Th>{t("linking.count.waiting")}</Table.Th>
              <Table.Th>{t("linking.count.refused")}</Table.Th>
              <Table.Th className={classes.time}>{t("linking.formToLink")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {methods.map((one) => (
              <Table.Tr key={one.method}>
                <Table.Th
                  scope="row"
                  className={classes.part}
                  style={{ "--part": `${String((one.claims / most) * 100)}%` }}
                >
                  {t(`linking.method.${one.method}`)}
                  <span className={classes.what}>
                    {t("linking.claims", { count: one.claims })}
                  </span>
                </Table.Th>
                <Table.Td className="number">{number(one.linked)}</Table.Td>
                <Table.Td className="number">{number(one.confirmed)}</Table.Td>
                <Table.Td className="number">
                  {number(one.displaced + one.forked)}
                </Table.Td>
                <Table.Td className="number">
                  {number(one.waiting + one.conflicts)}
                </Table.Td>
                <Table.Td className="number">{number(one.refused)}</Table.Td>
                <Table.Td className={classes.time}>
                  <Time time={one.formToLink} slowest={slowest} locale={locale} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Panel>
  );
}

interface TimeProps {
  time: LinkingReport["methods"][number]["formToLink"];
  slowest: number;
  locale: string;
}

/** From the median to the 95th percentile; by orders of magnitude, since both span them. */
function Time({
  time: { p50Seconds, p95Seconds, withForm },
  slowest,
  locale,
}: TimeProps) {
  const { t } = useSpeech();
  if (p50Seconds === null || p95Seconds === null) return <span>–</span>;
  const place = (seconds: number) => (Math.log1p(seconds) / Math.log1p(slowest)) * 100;
  return (
    <>
      <span className="number">
        {t("linking.times", {
          p50: showDuration(locale, p50Seconds),
          p95: showDuration(locale, p95Seconds),
        })}
      </span>
      <span className={classes.span} aria-hidden="true">
        <span
          style={{
            left: `${String(Math.min(97, place(p50Seconds)))}%`,
            right: `${String(100 - Math.max(3, place(p95Seconds)))}%`,
          }}
        />
      </span>
      <span className={classes.what}>{t("linking.withForm", { count: withForm })}</span>
    </>
  );
}
