import {
  Alert,
  Button,
  Checkbox,
  Group,
  Select,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { SpendImport, SpendPreview, SpendTerms } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { Panel } from "../../components/Panel";
import { namesOf, widthOf, withRole } from "../../components/sheets/columns";
import { RoleChoices } from "../../components/sheets/RoleChoices";
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

interface CostTermsProps {
  made: SpendImport;
  onOther: () => void;
}

/** What is what in a platform's report, and what would be kept of it. */
export function CostTerms({ made, onOther }: CostTermsProps) {
  const { t, number } = useSpeech();
  const errorText = useErrorText();
  const start = useStart(made.id);
  const { guessed } = made;
  const width = widthOf(made.sample);
  const [terms, setTerms] = useState<SpendTerms>(guessed);
  const [roles, setRoles] = useState(() => rolesOf(guessed.mapping, width));
  const asked = { ...terms, mapping: mappingOf(roles) };
  const [shown] = useDebouncedValue(asked, 300);
  const change = (changes: Partial<SpendTerms>) => setTerms({ ...terms, ...changes });
  const enough =
    roles.includes("day") && roles.includes("cost") && /^[A-Z]{3}$/.test(terms.currency);
  const names = namesOf(made.sample[0] ?? [], width, terms.header, (column) =>
    t("import.column", { number: number(column) }),
  );
  return (
    <>
      <Panel
        title={t("import.columns")}
        hint={t("import.found", {
          file: made.file,
          encoding: made.encoding,
          count: made.rows,
        })}
      >
        <Stack gap="md">
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
                if (platform !== undefined) change({ platform });
              }}
            />
            <TextInput
              label={t("report.currency")}
              value={terms.currency}
              maxLength={3}
              w={110}
              onChange={({ currentTarget }) =>
                change({ currency: currentTarget.value.toUpperCase() })
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
              onChange={(value) => change({ dayFirst: value !== "month" })}
            />
            <Select
              label={t("costs.decimals")}
              data={[
                { value: "point", label: "1,234.56" },
                { value: "comma", label: "1.234,56" },
              ]}
              value={terms.decimalComma ? "comma" : "point"}
              allowDeselect={false}
              onChange={(value) => change({ decimalComma: value === "comma" })}
            />
          </Group>
          <Checkbox
            label={t("import.header")}
            checked={terms.header}
            onChange={({ currentTarget }) => change({ header: currentTarget.checked })}
          />
          <RoleChoices
            names={names}
            roles={roles}
            example={made.sample[terms.header ? 1 : 0]}
            options={[...FIELDS, "skip" as const].map((value) => ({
              value,
              label: t(`costs.role.${value}`),
            }))}
            onRole={(column, role) =>
              setRoles(withRole<Role>(roles, column, role, { none: "skip" }))
            }
          />
          {!enough && <Alert color="yellow">{t("costs.needs")}</Alert>}
        </Stack>
      </Panel>
      {enough && <Preview importId={made.id} terms={shown} />}
      <Group gap="sm">
        <Button
          disabled={!enough}
          loading={start.isPending}
          onClick={() => start.mutate(asked)}
        >
          {t("costs.start")}
        </Button>
        <Button variant="default" onClick={onOther}>
          {t("import.other")}
        </Button>
        {start.isError && (
          <Alert color="red" role="alert">
            {errorText(start.error)}
          </Alert>
        )}
      </Group>
    </>
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
