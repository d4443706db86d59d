import { Table } from "@mantine/core";

import type { Funnel, FunnelStep } from "../../api/model";
import { LinkText } from "../../components/links";
import { useSpeech } from "../../lib/i18n";
import { conditionOf } from "../../lib/properties";
import { showDuration } from "../../lib/time";
import { useConditionWords } from "../../lib/words";
import type { Filters } from "./filters";
import numbers from "../../components/Numbers.module.css";
import classes from "./Funnels.module.css";
import { usePercent } from "./words";

interface FunnelTableProps {
  funnel: Funnel;
  filters: Filters;
}

/** The same numbers to read. */
export function FunnelTable({ funnel, filters }: FunnelTableProps) {
  const { t } = useSpeech();
  return (
    <Table className={`${numbers.table} ${classes.table}`} verticalSpacing={9}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("funnel.step")}</Table.Th>
          <Table.Th>{t("metric.uniqueVisitors")}</Table.Th>
          <Table.Th>{t("funnel.ofFirst")}</Table.Th>
          <Table.Th className={classes.wide}>{t("funnel.ofPrevious")}</Table.Th>
          <Table.Th className={classes.wide}>{t("funnel.lost")}</Table.Th>
          <Table.Th className={classes.wide}>{t("funnel.median")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {funnel.steps.map((step, index) => (
          <Row key={index} step={step} place={index + 1} filters={filters} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RowProps {
  step: FunnelStep;
  place: number;
  filters: Filters;
}

function Row({ step, place, filters }: RowProps) {
  const { t, number, locale } = useSpeech();
  const percent = usePercent();
  const first = place === 1;
  const previous = first ? "–" : percent(step.conversionFromPrevious);
  const lost = first ? "–" : number(step.droppedOff);
  const time =
    step.medianSeconds === null ? "–" : showDuration(locale, step.medianSeconds);
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {`${place}. `}
        <StepLink step={step} filters={filters} />
        <Conditions step={step} />
        {!first && <Second>{`${t("funnel.median")}: ${time}`}</Second>}
      </Table.Th>
      <Table.Td className="number">
        {number(step.visitors)}
        {step.droppedOff > 0 && <Second>{`−${lost}`}</Second>}
      </Table.Td>
      <Table.Td className="number">
        {percent(step.conversion)}
        {!first && <Second>{t("funnel.previousShort", { share: previous })}</Second>}
      </Table.Td>
      <Table.Td className={`number ${classes.wide ?? ""}`}>{previous}</Table.Td>
      <Table.Td className={`number ${classes.wide ?? ""}`}>{lost}</Table.Td>
      <Table.Td className={`number ${classes.wide ?? ""}`}>{time}</Table.Td>
    </Table.Tr>
  );
}

function Second({ children }: { children: string }) {
  return (
    <span className={`${classes.second ?? ""} ${classes.narrow ?? ""}`}>{children}</span>
  );
}

/** To the events of this step, by the page where they happened. */
function StepLink({ step, filters }: { step: FunnelStep; filters: Filters }) {
  const { t } = useSpeech();
  const { site, range, from, to } = filters;
  return (
    <LinkText
      className={classes.type}
      inherit
      to="/events"
      search={{
        site,
        range,
        from,
        to,
        filter: [`eventType:${step.eventType}`, ...step.filters],
      }}
      title={t("funnel.toEvents", { type: step.eventType })}
    >
      {step.eventType}
    </LinkText>
  );
}

function Conditions({ step }: { step: FunnelStep }) {
  const words = useConditionWords();
  const conditions = step.filters.map(conditionOf).filter((one) => one !== undefined);
  if (conditions.length === 0) return null;
  return <span className={classes.second}>{conditions.map(words).join(" · ")}</span>;
}
