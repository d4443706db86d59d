import { ActionIcon, Badge, Loader, Table, Tooltip, UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconTrash } from "@tabler/icons-react";
import { useId, useState } from "react";

import type { PartitionMonth, Partitions, Removal } from "../../api/model";
import { showBytes } from "../../lib/bytes";
import { useSpeech } from "../../lib/i18n";
import { useMonthWord } from "./months";
import classes from "./Partitions.module.css";
import { isOpen } from "./queries";

interface MonthsTableProps {
  partitions: Partitions;
  onRemove: (month: string) => void;
}

/** The months, the newest first; each opens to what its tables take. */
export function MonthsTable({ partitions, onRemove }: MonthsTableProps) {
  const { t } = useSpeech();
  const withBytes = !partitions.tenantOnly;
  return (
    <Table className={classes.table} verticalSpacing={6} horizontalSpacing="lg">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("partitions.month")}</Table.Th>
          <Table.Th className={classes.count}>{t("partitions.events")}</Table.Th>
          {withBytes && (
            <>
              <Table.Th className={`${classes.count ?? ""} ${classes.wide ?? ""}`}>
                {t("partitions.rows")}
              </Table.Th>
              <Table.Th className={classes.count}>{t("partitions.bytes")}</Table.Th>
            </>
          )}
          <Table.Th className={classes.act}>
            <span className="visually-hidden">{t("partitions.actions")}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      {partitions.items.map((month) => (
        <MonthRows
          key={month.month}
          month={month}
          removal={partitions.removals.find(
            (one) => one.month === month.month && isOpen(one),
          )}
          onRemove={() => onRemove(month.month)}
        />
      ))}
    </Table>
  );
}

interface MonthRowsProps {
  month: PartitionMonth;
  /** The one under way. */
  removal: Removal | undefined;
  onRemove: () => void;
}

function MonthRows({ month, removal, onRemove }: MonthRowsProps) {
  const { t, locale, number } = useSpeech();
  const monthWord = useMonthWord();
  const [open, setOpen] = useState(false);
  const id = useId();
  const word = monthWord(month.month);
  return (
    <>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th scope="row">
            <div className={classes.month}>
              {month.tables.length === 0 ? (
                <Word month={month.month} />
              ) : (
                <UnstyledButton
                  className={classes.open}
                  aria-expanded={open}
                  aria-controls={id}
                  onClick={() => setOpen(!open)}
                >
                  <IconChevronRight
                    size={16}
                    aria-hidden="true"
                    className={classes.chevron}
                  />
                  <Word month={month.month} />
                  <span className="visually-hidden">{t("partitions.tables")}</span>
                </UnstyledButton>
              )}
              <State month={month} removal={removal} />
            </div>
          </Table.Th>
          <Table.Td className={classes.count}>{number(month.events)}</Table.Td>
          {month.rows !== null && month.bytes !== null && (
            <>
              <Table.Td className={`${classes.count ?? ""} ${classes.wide ?? ""}`}>
                {number(month.rows)}
              </Table.Td>
              <Table.Td className={classes.count}>
                {showBytes(locale, month.bytes)}
              </Table.Td>
            </>
          )}
          <Table.Td className={classes.act}>
            <Tooltip label={t("partitions.remove")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                className={classes.remove}
                aria-label={t("partitions.removeOf", { month: word })}
                disabled={removal !== undefined}
                onClick={onRemove}
              >
                <IconTrash size={17} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
      <Table.Tbody id={id} hidden={!open}>
        {open &&
          month.tables.map((one) => (
            <Table.Tr key={one.table} className={classes.inner}>
              <Table.Th scope="row" className={classes.tableName}>
                {one.table}
              </Table.Th>
              <Table.Td className={classes.count} />
              <Table.Td className={`${classes.count ?? ""} ${classes.wide ?? ""}`}>
                {number(one.rows)}
              </Table.Td>
              <Table.Td className={classes.count}>
                {showBytes(locale, one.bytes)}
              </Table.Td>
              <Table.Td className={classes.act} />
            </Table.Tr>
          ))}
      </Table.Tbody>
    </>
  );
}

/** In full, and in short on a phone. */
function Word({ month }: { month: string }) {
  const monthWord = useMonthWord();
  return (
    <>
      <span className={classes.onDesk}>{monthWord(month)}</span>
      <span className={classes.onPhone}>{monthWord(month, "short")}</span>
    </>
  );
}

function State({ month, removal }: Pick<MonthRowsProps, "month" | "removal">) {
  const { t } = useSpeech();
  if (removal !== undefined) {
    return (
      <span className={classes.under} role="status">
        <Loader size={12} aria-hidden="true" />
        {removal.partsLeft === null
          ? t("partitions.removing")
          : t("partitions.partsLeft", { count: removal.partsLeft })}
      </span>
    );
  }
  if (month.current) {
    return (
      <Badge size="sm" variant="light" color="coral" tt="none">
        {t("partitions.current")}
      </Badge>
    );
  }
  if (!month.accepted) {
    return (
      <Badge size="sm" variant="light" color="gray" tt="none">
        {t("partitions.closed")}
      </Badge>
    );
  }
  return null;
}
