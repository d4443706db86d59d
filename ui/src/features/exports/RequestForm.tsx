import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";

import type { ExportFormat, ExportTarget } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { addDays, dayIn, daysBetween, isDay } from "../../lib/time";
import { FormatChoice, TargetChoice } from "./choices";
import { useRequestExport } from "./queries";

const MOST_DAYS = 3_660;

/** Days that somebody wants now, whatever is exported daily. */
export function RequestForm({ s3Configured }: { s3Configured: boolean }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const request = useRequestExport();
  const today = dayIn("UTC", new Date());
  const [from, setFrom] = useState(() => addDays(today, -30));
  const [to, setTo] = useState(() => addDays(today, -1));
  const [format, setFormat] = useState<ExportFormat>("parquet");
  const [target, setTarget] = useState<ExportTarget>("folder");
  const complete = isDay(from) && isDay(to);
  const days = complete ? daysBetween(from, to) + 1 : 0;
  const wrong = complete && (days < 1 || days > MOST_DAYS || to > today);

  return (
    <Panel title={t("exports.new")} hint={t("exports.newHint")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!complete || wrong) return;
          request.mutate(
            { from, to, format, target },
            {
              onSuccess: () => toasts.say(t("exports.asked")),
              onError: toasts.failed,
            },
          );
        }}
      >
        <Stack gap="md">
          <Group grow align="flex-start" gap="sm">
            <TextInput
              type="date"
              label={t("filter.from")}
              value={from}
              max={today}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t("filter.to")}
              value={to}
              max={today}
              onChange={(event) => setTo(event.currentTarget.value)}
              error={wrong && t("exports.wrongDays", { count: MOST_DAYS })}
            />
          </Group>
          <FormatChoice format={format} onFormat={setFormat} />
          <TargetChoice
            target={target}
            s3Configured={s3Configured}
            onTarget={setTarget}
          />
          <Group gap="sm">
            <Button
              type="submit"
              loading={request.isPending}
              disabled={!complete || wrong}
            >
              {t("exports.send")}
            </Button>
            {complete && !wrong && (
              <Text size="sm" c="dimmed">
                {t("exports.days", { count: days })}
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
