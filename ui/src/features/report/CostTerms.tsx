import { Alert, Group, Select, Skeleton, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { SpendImport, SpendPreview, SpendTerms } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { Panel } from "../../components/Panel";
import { Begin } from "../../components/sheets/Begin";
import { widthOf } from "../../components/sheets/columns";
import { ColumnsPanel } from "../../components/sheets/ColumnsPanel";
import { RowsTable } from "../../components/sheets/RowsTable";
import { useSpeech } from "../../lib/i18n";
import { useMoney } from "../../lib/money";
import { isDay, showDay } from "../../lib/time";
import {
  FIELDS,
  mappingOf,
  PLATFORMS,
  previewQuery,
  rolesOf,
  useStart,
  type Role,
} from "./costs";

const ROLES = [...FIELDS, "skip"] as const;

interface CostTermsProps {
  made: SpendImport;
  onOther: () => void;
}

/** What is what in a platform's report, and what would be kept of it. */
export function CostTerms({ made, onOther }: CostTermsProps) {
  const { t } = useSpeech();
  const start = useStart(made.id);
  const { guessed } = made;
  const [terms, setTerms] = useState<SpendTerms>(guessed);
  const [roles, setRoles] = useState(() => rolesOf(guessed.mapping, widthOf(made.sample)));
  const asked = { ...terms, mapping: mappingOf(roles) };
  const [shown] = useDebouncedValue(asked, 300);
  const change = (changes: Partial<SpendTerms>) => setTerms({ ...terms, ...changes });
  const enough =
    roles.includes("day") && roles.includes("cost") && /^[A-Z]{3}$/.test(terms.currency);
  return (
    <>
      <ColumnsPanel<Role>
        made={made}
        header={terms.header}
        onHeader={(header) => change({ header })}
        roles={roles}
        onRoles={setRoles}
        options={ROLES.map((value) => ({ value, label: t(`costs.role.${value}`) }))}
        rest={{ none: "skip" }}
        lacks={enough ? undefined : t("costs.needs")}
        before={<Format terms={terms} onChange={change} />}
      />
      {enough && <Preview importId={made.id} terms={shown} />}
      <Begin
        label={t("costs.start")}
        disabled={!enough}
        deed={start}
        onBegin={() => start.mutate(asked)}
        onOther={onOther}
      />
    </>
  );
}

interface FormatProps {
  terms: SpendTerms;
  onChange: (changes: Partial<SpendTerms>) => void;
}

/** How the platform writes its days and its money. */
function Format({ terms, onChange }: FormatProps) {
  const { t } = useSpeech();
  return (
      <Group gap="md" align="flex-end">
        <Select
          label={t("costs.platform")}
          data={PLATFORMS.map((value) => ({
            value,
            label: t(`costs.platform.${value}`),
          }))}
          value={terms.platform}
          allowDeselect={false}
          onChange={(value) => {
            const platform = PLATFORMS.find((one) => one === value);
            if (platform !== undefined) onChange({ platform });
          }}
        />
        <TextInput
          label={t("report.currency")}
          value={terms.currency}
          maxLength={3}
          w={110}
          onChange={({ currentTarget }) =>
            onChange({ currency: currentTarget.value.toUpperCase() })
          }
        />
        <Select
          label={t("costs.days")}
          data={[
            { value: "day", label: t("costs.dayFirst") },
            { value: "month", label: t("costs.monthFirst") },
          ]}
          value={terms.dayFirst ? "day" : "month"}
          allowDeselect={false}
          onChange={(value) => onChange({ dayFirst: value !== "month" })}
        />
        <Select
          label={t("costs.decimals")}
          data={[
            { value: "point", label: "1,234.56" },
            { value: "comma", label: "1.234,56" },
          ]}
          value={terms.decimalComma ? "comma" : "point"}
          allowDeselect={false}
          onChange={(value) => onChange({ decimalComma: value === "comma" })}
        />
      </Group>
  );
}

function Preview({ importId, terms }: { importId: string; terms: SpendTerms }) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const found = useQuery(previewQuery(importId, terms));
  if (found.isPending) return <Skeleton height={240} />;
  if (found.isError) {
    return (
      <Alert color="red" role="alert">
        {errorText(found.error)}
      </Alert>
    );
  }
  return (
    <Panel flush title={t("costs.preview")} hint={<Summary preview={found.data} />}>
      <RowsTable
        label={t("deskReports.tableOf", { what: t("costs.preview") })}
        heads={[
          t("costs.role.day"),
          t("report.by.campaign"),
          t("report.by.ad"),
          t("report.metric.costCents"),
        ]}
      >
        {found.data.top.map((line) => (
          <Line key={`${line.day}.${line.campaign}.${line.ad}`} line={line} />
        ))}
      </RowsTable>
    </Panel>
  );
}

function Summary({ preview }: { preview: SpendPreview }) {
  const { t, locale } = useSpeech();
  const money = useMoney();
  const { firstDay, lastDay } = preview;
  const days =
    isDay(firstDay) && isDay(lastDay)
      ? t("filter.span", {
          from: showDay(locale, firstDay),
          to: showDay(locale, lastDay),
        })
      : "–";
  const sums = preview.totals
    .map((one) => money(one.costCents, one.currency))
    .join(" + ");
  return (
    <>
      <Text size="sm">{t("costs.sum", { sums, days, count: preview.lines })}</Text>
      {preview.replaced > 0 && (
        <Text size="sm">{t("costs.replaces", { count: preview.replaced })}</Text>
      )}
      {preview.overlapping > 0 && (
        <Text size="sm" fw={600}>
          {t("costs.overlaps", { count: preview.overlapping })}
        </Text>
      )}
      {preview.refused > 0 && (
        <Text size="sm">
          {t("costs.refuses", {
            count: preview.refused,
            rows: preview.troubles
              .slice(0, 8)
              .map(({ row }) => row)
              .join(", "),
          })}
        </Text>
      )}
    </>
  );
}

function Line({ line }: { line: SpendPreview["top"][number] }) {
  const { locale } = useSpeech();
  const money = useMoney();
  return (
    <Table.Tr>
      <Table.Td>{isDay(line.day) ? showDay(locale, line.day) : line.day}</Table.Td>
      <Table.Td>{line.campaign === "" ? line.campaignId : line.campaign}</Table.Td>
      <Table.Td>{line.ad === "" ? line.adId : line.ad}</Table.Td>
      <Table.Td ta="right" className="number">
        {money(line.costCents, line.currency)}
      </Table.Td>
    </Table.Tr>
  );
}
