import { Button, Group, Skeleton, Stack, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ListedSource, SaleMapping as Mapping } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import classes from "./Crm.module.css";
import { valueAt } from "./payload";
import { PayloadTree } from "./PayloadTree";
import { salePreviewQuery, useChangeSource } from "./queries";
import { Replay } from "./Replay";
import { SaleSays } from "./SaleSays";
import { SaleTerms } from "./SaleTerms";
import { SaleWords } from "./SaleWords";

const FIELDS = [
  "externalId",
  "amount",
  "status",
  "currency",
  "email",
  "phone",
  "name",
  "city",
  "state",
  "zip",
  "country",
  "refunded",
  "occurredAt",
  "visitorId",
  "clickToken",
  "description",
] as const;
type Field = (typeof FIELDS)[number];

interface SaleMappingProps {
  source: ListedSource;
  payload: unknown;
}

/** Choose a field, click its value; the sale that comes of it stands beside. */
export function SaleMapping({ source, payload }: SaleMappingProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const save = useChangeSource(source.id);
  const [mapping, setMapping] = useState<Mapping | null>(source.saleMapping);
  const [field, setField] = useState<Field>("externalId");
  const preview = useQuery({
    ...salePreviewQuery(source.id, mapping),
    enabled: mapping !== null,
  });
  if (mapping === null) return null;
  const set = (one: Field, path: string) =>
    setMapping({ ...mapping, [one]: path === "" ? null : path });
  const unknown =
    preview.data?.status == null ? valueAt(payload, mapping.status) : undefined;
  const paths = FIELDS.map((one) => mapping[one]);

  return (
    <Stack gap="lg">
      <div className={classes.columns}>
        <Stack gap="xs">
          <Title order={3} size="h4">
            {t("crm.fields")}
          </Title>
          {FIELDS.map((one) => (
            <TextInput
              key={one}
              size="sm"
              label={t(`crm.sale.${one}`)}
              data-chosen={one === field || undefined}
              value={mapping[one] ?? ""}
              onFocus={() => setField(one)}
              onChange={({ currentTarget }) => set(one, currentTarget.value)}
              autoComplete="off"
            />
          ))}
          <SaleTerms mapping={mapping} onMapping={setMapping} />
          <SaleWords
            words={mapping.statuses ?? {}}
            onWords={(statuses) => setMapping({ ...mapping, statuses })}
            unknown={unknown}
          />
        </Stack>
        <Stack gap="xs">
          <Title order={3} size="h4">
            {t("crm.payload")}
          </Title>
          <PayloadTree
            payload={payload}
            chosen={{ attribute: t(`crm.sale.${field}`) }}
            taken={new Set(paths.filter((path) => typeof path === "string"))}
            onTake={(path) => set(field, path)}
          />
        </Stack>
      </div>
      <Stack gap="xs" aria-live="polite">
        <Title order={3} size="h4">
          {t("crm.sale.preview")}
        </Title>
        {preview.data === undefined ? (
          <Skeleton height={60} />
        ) : (
          <SaleSays read={preview.data} written={valueAt(payload, mapping.occurredAt)} />
        )}
      </Stack>
      <Group>
        <Button
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { saleMapping: mapping },
              { onSuccess: toasts.saved, onError: toasts.failed },
            )
          }
        >
          {t("action.save")}
        </Button>
        <Replay source={source} />
      </Group>
    </Stack>
  );
}
