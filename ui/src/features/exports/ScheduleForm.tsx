import {
  Alert,
  Button,
  Group,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";

import type { ExportSchedule, NewExportSchedule } from "../../api/model";
import { useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showDay, zoneCity } from "../../lib/time";
import { FormatChoice, TargetChoice } from "./choices";
import { useSaveSchedule } from "./queries";

const PREFIX = /^[A-Za-z0-9_=-][A-Za-z0-9_.=-]*(\/[A-Za-z0-9_=-][A-Za-z0-9_.=-]*)*$/;

type Draft = Required<NewExportSchedule>;

interface ScheduleFormProps {
  schedule: ExportSchedule | null;
  s3Configured: boolean;
}

/** The export that is made every day. */
export function ScheduleForm({ schedule, s3Configured }: ScheduleFormProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const save = useSaveSchedule();
  const stored = settingsOf(schedule);
  const [draft, setDraft] = useState(stored);
  const change = (changes: Partial<Draft>) => setDraft((old) => ({ ...old, ...changes }));
  const badPrefix = !PREFIX.test(draft.prefix) || draft.prefix.startsWith("requested");
  const unchanged = schedule !== null && JSON.stringify(draft) === JSON.stringify(stored);

  return (
    <Panel
      title={t("exports.daily")}
      hint={t("exports.dailyHint")}
      actions={
        <Switch
          label={t("exports.on")}
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (badPrefix || unchanged) return;
          save.mutate(draft, { onSuccess: toasts.saved, onError: toasts.failed });
        }}
      >
        <Stack gap="md">
          <Standing schedule={schedule} />
          <Group grow align="flex-start" gap="sm">
            <FormatChoice
              format={draft.format}
              onFormat={(format) => change({ format })}
            />
            <Select
              label={t("exports.hour")}
              data={HOURS}
              value={String(draft.hour)}
              allowDeselect={false}
              onChange={(hour) => change({ hour: Number(hour) })}
              title={tenant.timeZone}
              rightSectionWidth={28}
              inputContainer={(input) => (
                <>
                  {input}
                  <Text size="xs" c="dimmed" mt={4}>
                    {t("exports.hourZone", { city: zoneCity(tenant.timeZone) })}
                  </Text>
                </>
              )}
            />
          </Group>
          <TargetChoice
            target={draft.target}
            s3Configured={s3Configured}
            onTarget={(target) => change({ target })}
          />
          <TextInput
            label={t("exports.prefix")}
            value={draft.prefix}
            maxLength={200}
            spellCheck={false}
            error={badPrefix && t("exports.badPrefix")}
            onChange={(event) => change({ prefix: event.currentTarget.value })}
          />
          <Group>
            <Button
              type="submit"
              loading={save.isPending}
              disabled={unchanged || badPrefix}
            >
              {t("action.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

function settingsOf(schedule: ExportSchedule | null): Draft {
  const {
    enabled = false,
    format = "parquet",
    target = "folder",
    prefix = "events",
    hour = 2,
  } = schedule ?? {};
  return { enabled, format, target, prefix, hour };
}

function Standing({ schedule }: { schedule: ExportSchedule | null }) {
  const { t, locale } = useSpeech();
  if (schedule === null) return null;
  return (
    <>
      {schedule.lastError !== null && (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertTriangle aria-hidden="true" />}
          title={t("exports.lastError")}
        >
          {schedule.lastError}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {schedule.lastDay === null
          ? t("exports.noDayYet")
          : t("exports.lastDay", { day: showDay(locale, schedule.lastDay) })}
      </Text>
    </>
  );
}
