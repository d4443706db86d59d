import { Skeleton, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { ImportPreview, ImportTerms } from "../../api/model";
import { Answer } from "../../components/Answer";
import { Panel } from "../../components/Panel";
import { RowsTable } from "../../components/sheets/RowsTable";
import { Tone } from "../../components/Tone";
import { useSpeech } from "../../lib/i18n";
import { previewQuery } from "./queries";

type Row = ImportPreview["rows"][number];

const TONES = {
  created: "green",
  updated: "blue",
  unchanged: "grey",
  refused: "red",
} as const;

interface PreviewProps {
  importId: string;
  terms: ImportTerms;
}

/** The first rows, with what would become of each. */
export function Preview({ importId, terms }: PreviewProps) {
  const { t } = useSpeech();
  const query = useQuery(previewQuery(importId, terms));
  return (
    <Panel flush title={t("import.preview")} hint={t("import.previewHint")}>
      <Answer query={query} waiting={<Skeleton height={200} m="md" />}>
        {({ rows }) => <Rows rows={rows} />}
      </Answer>
    </Panel>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const { t, number } = useSpeech();
  const heads = ["row", "outcome", "name", "email", "phone", "why"] as const;
  return (
    <RowsTable
      label={t("import.previewHint")}
      heads={heads.map((head) => t(`import.head.${head}`))}
    >
      {rows.map((row) => (
        <Table.Tr key={row.row}>
          <Table.Td>{number(row.row)}</Table.Td>
          <Table.Td>
            <Tone of={TONES[row.outcome]}>{t(`import.outcome.${row.outcome}`)}</Tone>
          </Table.Td>
          <Table.Td>{row.name}</Table.Td>
          <Table.Td>{row.email}</Table.Td>
          <Table.Td>{row.phone}</Table.Td>
          <Table.Td>
            <Text size="sm" c="dimmed">
              <Why row={row} />
            </Text>
          </Table.Td>
        </Table.Tr>
      ))}
    </RowsTable>
  );
}

function Why({ row }: { row: Row }) {
  const { t, number } = useSpeech();
  const reasons = row.ignored.map(
    ({ kind, why }) => `${t(`import.kind.${kind}`)}: ${t(`import.why.${why}`)}`,
  );
  if (row.sameAs !== null) {
    reasons.push(t("import.sameAs", { row: number(row.sameAs) }));
  }
  if (row.outcome === "refused" && reasons.length === 0) {
    reasons.push(t("import.nobody"));
  }
  return reasons.join(" · ");
}
