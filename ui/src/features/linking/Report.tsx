import { SegmentedControl, Skeleton, Text } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import type { LinkingReport } from "../../api/model";
import { useMe } from "../../api/queries";
import { Answer } from "../../components/Answer";
import { Beside, Drawn, Figure, Figures } from "../../components/Figures";
import { Panel } from "../../components/Panel";
import { Plot } from "../../components/Plot";
import { Empty } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { spanOf } from "../../lib/period";
import { showDay, showDuration } from "../../lib/time";
import type { LinkingFilters } from "./filters";
import classes from "./Linking.module.css";
import { Methods } from "./Methods";
import { reportQuery } from "./queries";

/** How well linking works: figures, days and methods. */
export function Report({ filters }: { filters: LinkingFilters }) {
  const { tenant } = useMe();
  const { t } = useSpeech();
  const span = spanOf(filters, tenant.timeZone, new Date());
  const report = useQuery(reportQuery(filters.site, span));
  const waiting = (
    <Panel>
      <span className="visually-hidden" role="status">
        {t("state.loading")}
      </span>
      <Skeleton height={340} />
    </Panel>
  );
  return (
    <Answer boxed query={report} waiting={waiting}>
      {(data) => (
        <>
          <Totals report={data} />
          {data.methods.length > 0 && <Methods report={data} />}
        </>
      )}
    </Answer>
  );
}

function Totals({ report }: { report: LinkingReport }) {
  const { t, locale, number } = useSpeech();
  const { totals, before, days } = report;
  const nothing = totals.claims === 0 && (totals.contacts ?? 0) === 0;
  const share = usePercent();
  const time = totals.formToLink;
  const seconds = (value: number | null) =>
    value === null ? "–" : showDuration(locale, value);
  return (
    <Panel flush>
      <Figures of="four">
        <Total
          name={t("linking.successRate")}
          value={share(totals.successRate)}
          foot={
            totals.contacts === null
              ? t("linking.noSiteRate")
              : t("linking.ofContacts", {
                  linked: totals.contactsLinked ?? 0,
                  count: totals.contacts,
                })
          }
          before={before.successRate === null ? undefined : share(before.successRate)}
        />
        <Total
          name={t("linking.links")}
          value={number(totals.links)}
          foot={t("linking.confirmedToo", { count: totals.confirmed })}
          before={number(before.links)}
        />
        <Total
          name={t("linking.formToLink")}
          value={seconds(time.p50Seconds)}
          foot={
            time.withForm === 0
              ? t("linking.noForm")
              : t("linking.p95", { time: seconds(time.p95Seconds) })
          }
          before={
            before.formToLink.p50Seconds === null
              ? undefined
              : seconds(before.formToLink.p50Seconds)
          }
        />
        <Total
          name={t("linking.unresolved")}
          value={number(totals.waiting + totals.conflicts)}
          foot={t("linking.refusedToo", { count: totals.refused })}
          before={number(before.waiting + before.conflicts)}
        />
      </Figures>
      {nothing ? (
        <Empty
          icon={<IconLink size={28} />}
          title={t("linking.nothing")}
          text={t("linking.nothingHint")}
        />
      ) : (
        <Days report={report} key={days[0]?.day} />
      )}
      {report.partial && (
        <Text size="sm" c="dimmed" className={classes.foot}>
          {t("linking.partial")}
        </Text>
      )}
    </Panel>
  );
}

interface TotalProps {
  name: string;
  value: string;
  foot: ReactNode;
  before: string | undefined;
}

function Total({ name, value, foot, before }: TotalProps) {
  const { t } = useSpeech();
  return (
    <Figure name={name} value={value}>
      <Beside>{foot}</Beside>
      {before !== undefined && <Beside>{t("linking.before", { value: before })}</Beside>}
    </Figure>
  );
}

type Metric = "successRate" | "links";

function Days({ report: { days, totals } }: { report: LinkingReport }) {
  const { t, locale, number } = useSpeech();
  const share = usePercent();
  const percent = (value: number) => share(value / 100);
  const rates = totals.contacts !== null;
  const [metric, setMetric] = useState<Metric>(rates ? "successRate" : "links");
  const shown = rates ? metric : "links";
  const name = t(`linking.${shown}`);
  const rows = days.map((day) => ({
    start: day.day,
    short: showDay(locale, day.day).replace(/[\s,]*\d{4}$| de \d{4}$/, ""),
    long:
      shown === "successRate"
        ? `${showDay(locale, day.day)} · ${t("linking.ofContacts", {
            linked: day.contactsLinked ?? 0,
            count: day.contacts ?? 0,
          })}`
        : showDay(locale, day.day),
    named: true,
    value: shown === "links" ? day.links : hundredths(day.successRate),
  }));
  return (
    <Drawn>
      <Plot
        kind="bars"
        rows={rows}
        name={name}
        rowName={t("linking.day")}
        label={t("linking.perDay", { metric: name })}
        height={220}
        format={shown === "successRate" ? percent : number}
        formatShort={shown === "successRate" ? percent : undefined}
        controls={
          rates && (
            <SegmentedControl<Metric>
              size="xs"
              aria-label={t("linking.drawn")}
              value={metric}
              onChange={setMetric}
              data={[
                { value: "successRate", label: t("linking.successRate") },
                { value: "links", label: t("linking.links") },
              ]}
            />
          )
        }
      />
    </Drawn>
  );
}

/** So that the axis has whole steps. */
function hundredths(rate: number | null): number | null {
  return rate === null ? null : rate * 100;
}

function usePercent(): (value: number | null) => string {
  const { number } = useSpeech();
  return (value) =>
    value === null
      ? "–"
      : number(value, { style: "percent", maximumFractionDigits: value < 0.1 ? 1 : 0 });
}
