import { ActionIcon, Select, Table, Tooltip, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconFilterMinus } from "@tabler/icons-react";

import type { Breakdown, BreakdownRow } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import {
  mayFilterBy,
  propertyOf,
  type Condition,
  type Property,
} from "../../lib/properties";
import { oneOf } from "../../lib/search";
import { usePropertyWord, useValueWords } from "../../lib/words";
import classes from "./BreakdownTable.module.css";
import { Delta } from "./Delta";
import { MOST_CONDITIONS, SORTS, type Sort } from "./filters";

interface TableProps {
  breakdown: Breakdown;
  sort: Sort;
  /** How many conditions there are already. */
  full: number;
  onSort: (sort: Sort) => void;
  onCondition: (condition: Condition) => void;
}

/** The values of a property, the most frequent first; a row is also a filter. */
export function BreakdownTable({
  breakdown,
  sort,
  full,
  onSort,
  onCondition,
}: TableProps) {
  const { t } = useSpeech();
  const propertyWord = usePropertyWord();
  // What the rows are, and not what has been asked for since.
  const property = propertyOf(breakdown.by);
  const most = Math.max(1, ...breakdown.rows.map((row) => row[sort]));
  const filterBy =
    full < MOST_CONDITIONS && property !== undefined && mayFilterBy(property)
      ? property
      : undefined;
  return (
    <>
      <Select
        className={classes.sortBy}
        label={t("breakdown.sort")}
        data={SORTS.map((value) => ({ value, label: t(`breakdown.sort.${value}`) }))}
        value={sort}
        allowDeselect={false}
        onChange={(value) => onSort(oneOf(SORTS, value) ?? "visitors")}
      />
      <Table className={classes.table} verticalSpacing={0} horizontalSpacing={0}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{propertyWord(breakdown.by)}</Table.Th>
            {SORTS.map((one) => (
              <SortHead key={one} sort={one} chosen={one === sort} onSort={onSort} />
            ))}
            <Table.Th className={classes.act}>
              <span className="visually-hidden">{t("breakdown.actions")}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {breakdown.rows.map((row) => (
            <Row
              key={row.value}
              row={row}
              by={breakdown.by}
              sort={sort}
              part={row[sort] / most}
              filterBy={filterBy}
              onCondition={onCondition}
            />
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

interface SortHeadProps {
  sort: Sort;
  chosen: boolean;
  onSort: (sort: Sort) => void;
}

function SortHead({ sort, chosen, onSort }: SortHeadProps) {
  const { t } = useSpeech();
  return (
    <Table.Th
      className={classes.count}
      data-chosen={chosen || undefined}
      aria-sort={chosen ? "descending" : undefined}
    >
      <UnstyledButton className={classes.sort} onClick={() => onSort(sort)}>
        <IconArrowDown size={13} aria-hidden="true" className={classes.arrow} />
        {t(`breakdown.sort.${sort}`)}
      </UnstyledButton>
    </Table.Th>
  );
}

interface RowProps {
  row: BreakdownRow;
  by: string;
  sort: Sort;
  part: number;
  /** Absent where no filter can be added. */
  filterBy: Property | undefined;
  onCondition: (condition: Condition) => void;
}

function Row({ row, by, sort, part, filterBy, onCondition }: RowProps) {
  const { t, number } = useSpeech();
  const valueWords = useValueWords();
  const words = valueWords(by, row.value);
  const name = <Name words={words} empty={row.value === ""} />;
  return (
    <Table.Tr
      className={classes.row}
      data-pressable={filterBy !== undefined || undefined}
    >
      <Table.Th
        scope="row"
        className={classes.value}
        style={{ "--part": `${part * 100}%` }}
      >
        {filterBy === undefined ? (
          <span className={classes.label}>{name}</span>
        ) : (
          <UnstyledButton
            className={classes.label}
            aria-label={t("breakdown.only", { value: words })}
            title={words}
            onClick={() =>
              onCondition({ property: filterBy, value: row.value, negated: false })
            }
          >
            {name}
          </UnstyledButton>
        )}
      </Table.Th>
      {SORTS.map((one) => (
        <Table.Td
          key={one}
          className={classes.count}
          data-chosen={one === sort || undefined}
        >
          <span className="number">{number(row[one])}</span>
          {row.before !== null && (
            <>
              {" "}
              <Delta now={row[one]} before={row.before[one]} />
            </>
          )}
        </Table.Td>
      ))}
      <Table.Td className={classes.act}>
        {filterBy !== undefined && (
          <Tooltip label={t("breakdown.without", { value: words })}>
            <ActionIcon
              className={classes.without}
              variant="subtle"
              color="gray"
              aria-label={t("breakdown.without", { value: words })}
              onClick={() =>
                onCondition({ property: filterBy, value: row.value, negated: true })
              }
            >
              <IconFilterMinus size={16} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Name({ words, empty }: { words: string; empty: boolean }) {
  return (
    <span className={classes.name} data-empty={empty || undefined}>
      {words}
    </span>
  );
}
