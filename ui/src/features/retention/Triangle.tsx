import { SegmentedControl, Table } from "@mantine/core";

import type { Cohort, Retention, ReturnWeek } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { showBucket } from "../../lib/time";
import { curveOf, mostOf, SHADES, shadeOf } from "./curve";
import classes from "./Triangle.module.css";

interface TriangleProps {
  retention: Retention;
  absolute: boolean;
  onAbsolute: (absolute: boolean) => void;
}

/** A row for each cohort, a column for each week after its first; the darker, the more. */
export function Triangle({ retention, absolute, onAbsolute }: TriangleProps) {
  const { t } = useSpeech();
  const { cohorts } = retention;
  const columns = Math.max(1, ...cohorts.map(({ weeks }) => weeks.length));
  const weeks = Array.from({ length: columns }, (_, week) => week);
  const most = mostOf(cohorts);
  return (
    <Panel
      flush
      title={t("retention.cohorts")}
      hint={t("retention.cohortsHint")}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t("retention.numbers")}
          data={[
            { value: "percent", label: t("retention.percent") },
            { value: "visitors", label: t("retention.visitors") },
          ]}
          value={absolute ? "visitors" : "percent"}
          onChange={(value) => onAbsolute(value === "visitors")}
        />
      }
    >
      <div
        className={classes.scroll}
        data-scrolls
        role="region"
        aria-label={t("retention.table")}
        tabIndex={0}
      >
        <Table className={classes.table} withRowBorders={false}>
          <caption className="visually-hidden">{t("retention.intro")}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" className={classes.head}>
                {t("retention.firstWeek")}
              </Table.Th>
              {weeks.map((week) => (
                <Table.Th key={week} scope="col" className={classes.week}>
                  <span className="visually-hidden">{t("retention.week", { week })}</span>
                  <span aria-hidden="true">{week}</span>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {cohorts.toReversed().map((cohort) => (
              <CohortRow
                key={cohort.start}
                cohort={cohort}
                timeZone={retention.timeZone}
                columns={columns}
                most={most}
                absolute={absolute}
              />
            ))}
          </Table.Tbody>
          {!absolute && <Average cohorts={cohorts} columns={columns} most={most} />}
        </Table>
      </div>
      <Legend most={most} />
    </Panel>
  );
}

interface CohortRowProps {
  cohort: Cohort;
  timeZone: string;
  columns: number;
  most: number;
  absolute: boolean;
}

function CohortRow({ cohort, timeZone, columns, most, absolute }: CohortRowProps) {
  const { t, locale } = useSpeech();
  const missing = columns - cohort.weeks.length;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.head}>
        <span className={classes.start}>
          {showBucket(locale, timeZone, "week", cohort.start, "short")}
        </span>{" "}
        <span className={classes.size}>
          {t("retention.size", { count: cohort.visitors })}
        </span>
      </Table.Th>
      {cohort.weeks.map((week) => (
        <Cell
          key={week.week}
          week={week}
          size={cohort.visitors}
          most={most}
          absolute={absolute}
        />
      ))}
      {missing > 0 && <Table.Td colSpan={missing} aria-hidden="true" />}
    </Table.Tr>
  );
}

interface CellProps {
  week: ReturnWeek;
  size: number;
  most: number;
  absolute: boolean;
}

function Cell({ week, size, most, absolute }: CellProps) {
  const { t, number } = useSpeech();
  const showShare = useShare();
  if (week.share === null) {
    return (
      <Table.Td className={classes.cell}>
        <span className={classes.shade}>–</span>
      </Table.Td>
    );
  }
  const share = showShare(week.share);
  const told = t("retention.cell", { visitors: week.visitors, size, share });
  return (
    <Table.Td className={classes.cell}>
      <span
        className={classes.shade}
        data-shade={week.week === 0 ? "first" : shadeOf(week.share, most)}
        data-under-way={!week.complete || undefined}
        title={week.complete ? told : `${told} ${t("retention.underWay")}`}
      >
        {absolute ? number(week.visitors) : share}
        {!week.complete && (
          <span className="visually-hidden"> ({t("retention.underWay")})</span>
        )}
      </span>
    </Table.Td>
  );
}

type AverageProps = Pick<CohortRowProps, "columns" | "most"> & {
  cohorts: readonly Cohort[];
};

function Average({ cohorts, columns, most }: AverageProps) {
  const { t } = useSpeech();
  const showShare = useShare();
  const shares = new Map(
    curveOf(cohorts).map(({ week, visitors, of }) => [week, visitors / of]),
  );
  return (
    <Table.Tfoot>
      <Table.Tr>
        <Table.Th scope="row" className={classes.head}>
          {t("retention.average")}
        </Table.Th>
        {Array.from({ length: columns }, (_, week) => {
          const share = shares.get(week);
          return (
            <Table.Td key={week} className={classes.cell}>
              <span
                className={classes.shade}
                data-shade={week === 0 ? "first" : shadeOf(share ?? null, most)}
              >
                {share === undefined ? "–" : showShare(share)}
              </span>
            </Table.Td>
          );
        })}
      </Table.Tr>
    </Table.Tfoot>
  );
}

function Legend({ most }: { most: number }) {
  const { t } = useSpeech();
  const showShare = useShare();
  return (
    <div className={classes.legend}>
      {most > 0 && (
        <span className={classes.scale}>
          <span>{showShare(0)}</span>
          {Array.from({ length: SHADES + 1 }, (_, shade) => (
            <span
              key={shade}
              className={classes.swatch}
              data-shade={shade}
              aria-hidden="true"
            />
          ))}
          <span>{showShare(most)}</span>
        </span>
      )}
      <span className={classes.scale}>
        <span className={classes.swatch} data-under-way aria-hidden="true" />
        {t("retention.underWayHint")}
      </span>
    </div>
  );
}

/** With a decimal where it says something, and no wider than a cell. */
function useShare(): (share: number) => string {
  const { number } = useSpeech();
  return (share) =>
    number(share, {
      style: "percent",
      maximumFractionDigits: share > 0 && share < 0.0995 ? 1 : 0,
    });
}
