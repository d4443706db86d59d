import { Alert, Skeleton, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { CheckTerms, ClientePreview } from "../../../api/model";
import { Answer } from "../../../components/Answer";
import { LinkText } from "../../../components/links";
import { Panel } from "../../../components/Panel";
import { RowsTable } from "../../../components/sheets/RowsTable";
import { Tone } from "../../../components/Tone";
import { useSpeech } from "../../../lib/i18n";
import { previewQuery } from "./queries";
import { problemText } from "./words";

type Row = ClientePreview["rows"][number];

const TONES = {
  new: "green",
  repeated: "grey",
  open: "blue",
  finished: "orange",
  refused: "red",
} as const;

interface PreviewProps {
  importId: string;
  terms: CheckTerms;
}

/** The first rows, with what is known of each. */
export function Preview({ importId, terms }: PreviewProps) {
  const { t } = useSpeech();
  const query = useQuery(previewQuery(importId, terms));
  return (
    <Panel flush title={t("import.preview")} hint={t("deskImport.previewHint")}>
      <Answer query={query} waiting={<Skeleton height={200} m="md" />}>
        {({ rows }) => (
          <>
            {terms.country === null && areForeign(rows) && (
              <Alert color="yellow" m="md" role="status">
                {t("deskImport.foreign")}
              </Alert>
            )}
            <Rows rows={rows} />
          </>
        )}
      </Answer>
    </Panel>
  );
}

/** Most phones are none in the company's own country. */
function areForeign(rows: readonly Row[]): boolean {
  const none = rows.filter(({ problems }) => problems.includes("phone invalid"));
  return none.length * 2 > rows.length;
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const { t, number } = useSpeech();
  const heads = [
    "row",
    "group",
    "nombre",
    "telefono",
    "campaign",
    "asesor",
    "why",
  ] as const;
  return (
    <RowsTable
      label={t("deskImport.previewHint")}
      heads={heads.map((head) => t(`deskImport.head.${head}`))}
    >
      {rows.map((row) => (
        <Table.Tr key={row.row}>
          <Table.Td>{number(row.row)}</Table.Td>
          <Table.Td>
            <Tone of={TONES[row.group]}>{t(`deskImport.group.${row.group}`)}</Tone>
          </Table.Td>
          <Table.Td>{row.nombre}</Table.Td>
          <Table.Td>{row.telefono ?? row.email}</Table.Td>
          <Table.Td>{row.campaign}</Table.Td>
          <Table.Td>{row.asesor}</Table.Td>
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
  const problems = row.problems.map((problem) => problemText(problem, t));
  if (row.sameAs !== null) {
    problems.unshift(t("import.sameAs", { row: number(row.sameAs) }));
  }
  return (
    <>
      {row.clienteId !== null && (
        <LinkText to="/desk" search={{ cliente: row.clienteId }} size="sm">
          {t("deskImport.cliente", { id: String(row.clienteId) })}
        </LinkText>
      )}
      {row.clienteId !== null && problems.length > 0 && " · "}
      {problems.join(" · ")}
    </>
  );
}
