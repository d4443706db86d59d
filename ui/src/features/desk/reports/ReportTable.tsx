import { ScrollArea, Table } from "@mantine/core";
import type { ReactNode } from "react";

import { useSpeech } from "../../../lib/i18n";
import numbers from "../../../components/Numbers.module.css";
import classes from "./Reports.module.css";

interface ReportTableProps {
  /** What the table is of. */
  label: string;
  heads: readonly string[];
  /** The last column has words, not numbers. */
  words?: boolean;
  children: ReactNode;
}

/** A wide table scrolls by itself, and not the screen. */
export function ReportTable({ label, heads, words, children }: ReportTableProps) {
  const { t } = useSpeech();
  return (
    <ScrollArea
      type="auto"
      data-scrolls
      viewportProps={{
        tabIndex: 0,
        role: "region",
        "aria-label": t("deskReports.tableOf", { what: label }),
      }}
    >
      <Table
        className={`${numbers.table} ${classes.table}`}
        verticalSpacing="sm"
        data-words={words === true || undefined}
      >
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

interface BarHeadProps {
  /** How much of the most, from 0 to 1. */
  part: number;
  children: ReactNode;
}

/** What a row is of, with a bar of how much it is behind it. */
export function BarHead({ part, children }: BarHeadProps) {
  return (
    <Table.Th
      scope="row"
      className={classes.part}
      style={{ "--part": `${String(part * 100)}%` }}
    >
      {children}
    </Table.Th>
  );
}
