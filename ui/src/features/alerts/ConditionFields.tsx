import {
  Group,
  Input,
  NumberInput,
  SegmentedControl,
  Select,
  Slider,
  Stack,
  Text,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { sitesQuery, useMe, valuesQuery } from "../../api/queries";
import { DurationInput } from "../../components/DurationInput";
import { SuggestInput } from "../../components/SuggestInput";
import { eventTypeOf } from "../../lib/eventTypes";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import classes from "./Alerts.module.css";
import {
  COMPARISONS,
  isComplete,
  mayHaveType,
  METRICS,
  WEEK_MINUTES,
  type Draft,
} from "./rules";

interface FieldsProps {
  draft: Draft;
  /** Somebody has tried to send it: what is missing is said. */
  tried: boolean;
  onDraft: (changes: Partial<Draft>) => void;
}

/** What is watched, and what is too much or too little of it. */
export function ConditionFields(props: FieldsProps) {
  return (
    <Stack gap="md">
      <FigureFields {...props} />
      {props.draft.kind === "silence" && <SilenceFields {...props} />}
      {props.draft.kind === "threshold" && <ThresholdFields {...props} />}
      {props.draft.kind === "anomaly" && <AnomalyFields {...props} />}
    </Stack>
  );
}

const EVERY_SITE = "all";

function FigureFields({ draft, onDraft }: FieldsProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const sites = useQuery(sitesQuery()).data?.items ?? [];
  const types = useQuery(
    valuesQuery({
      tenantId: tenant.id,
      by: "eventType",
      site: draft.siteId ?? undefined,
    }),
  );
  return (
    <>
      {draft.kind !== "silence" && (
        <Select
          label={t("alert.metric")}
          data={METRICS.map((value) => ({ value, label: t(`alert.metric.${value}`) }))}
          value={draft.metric}
          allowDeselect={false}
          onChange={(value) => onDraft({ metric: oneOf(METRICS, value) ?? "events" })}
        />
      )}
      {mayHaveType(draft) && (
        <SuggestInput
          label={t("alert.type")}
          placeholder={t("alert.everyType")}
          classNames={{ input: classes.type }}
          suggestions={(types.data?.rows ?? []).map(({ value, events }) => ({
            value,
            count: events,
          }))}
          value={draft.eventType}
          tidied={(text) => eventTypeOf(text) ?? ""}
          onValue={(eventType) => onDraft({ eventType })}
        />
      )}
      {sites.length > 1 && (
        <Select
          label={t("filter.site")}
          data={[
            { value: EVERY_SITE, label: t("filter.allSites") },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={draft.siteId ?? EVERY_SITE}
          allowDeselect={false}
          onChange={(site) => onDraft({ siteId: site === EVERY_SITE ? null : site })}
        />
      )}
    </>
  );
}

function SilenceFields({ draft, onDraft }: FieldsProps) {
  const { t } = useSpeech();
  return (
    <DurationInput
      label={t("alert.silentFor")}
      minutes={draft.windowMinutes}
      most={WEEK_MINUTES}
      onMinutes={(windowMinutes) => onDraft({ windowMinutes })}
    />
  );
}

const ONE_SIDED = COMPARISONS.filter((one) => one !== "either");

function ThresholdFields({ draft, tried, onDraft }: FieldsProps) {
  const { t, separators } = useSpeech();
  return (
    <>
      <div>
        <Text size="sm" fw={500} mb={4} aria-hidden="true">
          {t("alert.firesWhen")}
        </Text>
        <SegmentedControl
          fullWidth
          aria-label={t("alert.firesWhen")}
          data={ONE_SIDED.map((value) => ({
            value,
            label: t(`alert.comparison.${value}`),
          }))}
          value={draft.comparison}
          onChange={(value) => onDraft({ comparison: value })}
        />
      </div>
      <NumberInput
        label={t("alert.limit")}
        min={0}
        max={1e15}
        allowNegative={false}
        thousandSeparator={separators.thousands}
        decimalSeparator={separators.decimals}
        value={draft.threshold ?? ""}
        error={tried && !isComplete(draft) && t("alert.limitMissing")}
        onChange={(value) => onDraft({ threshold: value === "" ? null : Number(value) })}
      />
      <DurationInput
        label={t("alert.within")}
        minutes={draft.windowMinutes}
        most={WEEK_MINUTES}
        onMinutes={(windowMinutes) => onDraft({ windowMinutes })}
      />
    </>
  );
}

function AnomalyFields({ draft, onDraft }: FieldsProps) {
  const { t, number } = useSpeech();
  return (
    <>
      <Select
        label={t("alert.firesWhen")}
        data={COMPARISONS.toReversed().map((value) => ({
          value,
          label: t(`alert.anomaly.${value}`),
        }))}
        value={draft.comparison}
        allowDeselect={false}
        onChange={(value) =>
          onDraft({ comparison: oneOf(COMPARISONS, value) ?? "either" })
        }
      />
      <Input.Wrapper
        label={t("alert.sensitivity")}
        description={t("alert.sensitivityHint", {
          times: number(draft.sensitivity, { maximumFractionDigits: 1 }),
        })}
        labelElement="div"
      >
        <Slider
          className={classes.slider}
          thumbLabel={t("alert.sensitivity")}
          min={1}
          max={20}
          step={0.5}
          label={(value) => number(value)}
          value={draft.sensitivity}
          onChange={(sensitivity) => onDraft({ sensitivity })}
        />
        <Group justify="space-between" aria-hidden="true">
          <Text size="xs" c="dimmed">
            {t("alert.moreOften")}
          </Text>
          <Text size="xs" c="dimmed">
            {t("alert.lessOften")}
          </Text>
        </Group>
      </Input.Wrapper>
    </>
  );
}
