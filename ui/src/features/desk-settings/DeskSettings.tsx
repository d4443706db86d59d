import {
  Button,
  NumberInput,
  SimpleGrid,
  Skeleton,
  Stack,
  TagsInput,
  Text,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import type { DeskSettings } from "../../api/model";
import { useMe } from "../../api/queries";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Failed } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showDuration, zoneCity } from "../../lib/time";
import { deskSettingsQuery, useSaveDeskSettings } from "../desk/queries";
import { EscalationPanel, GoalsPanel } from "./GoalsPanel";
import { Hours } from "./Hours";
import { PausesPanel } from "./PausesPanel";
import { Sharing } from "./Sharing";
import { Sources } from "./Sources";
import { problemsOf, tidied } from "./tidy";
import { WizardEditor } from "./WizardEditor";

/** How long advisors have, when the desk is open, and what the wizard asks. */
export function DeskSettingsScreen() {
  const { t } = useSpeech();
  const settings = useQuery(deskSettingsQuery());
  return (
    <Page title={t("deskSettings.title")} intro={t("deskSettings.intro")}>
      {settings.isPending && (
        <Panel>
          <Skeleton height={260} />
        </Panel>
      )}
      {settings.data !== undefined && (
        <Form
          // Somebody else may have saved meanwhile, while nothing was changed here.
          key={settings.dataUpdatedAt}
          settings={settings.data}
        />
      )}
      {settings.isError && settings.data === undefined && (
        <Failed error={settings.error} onRetry={() => void settings.refetch()} />
      )}
    </Page>
  );
}

const LONGEST = 86_400;

function Form({ settings }: { settings: DeskSettings }) {
  const { t, locale } = useSpeech();
  const { user } = useMe();
  const toasts = useToasts();
  const save = useSaveDeskSettings();
  const [draft, setDraft] = useState(settings);
  const readOnly = user.role !== "admin";
  const problems = problemsOf(draft);
  const unchanged = JSON.stringify(draft) === JSON.stringify(settings);
  const change = (changes: Partial<DeskSettings>) => setDraft({ ...draft, ...changes });

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (unchanged || problems.length > 0 || save.isPending) return;
    save.mutate(tidied(draft), { onSuccess: toasts.saved, onError: toasts.failed });
  }

  const seconds = (name: "limitSeconds" | "warningSeconds", least: number) => ({
    value: draft[name],
    min: least,
    max: LONGEST,
    disabled: readOnly,
    suffix: ` ${t("deskSettings.seconds")}`,
    onChange: (value: string | number) => change({ [name]: Number(value) }),
    description: showDuration(locale, draft[name]),
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" align="stretch">
        <Panel title={t("deskSettings.time")} hint={t("deskSettings.timeHint")}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} maw={560}>
            <NumberInput
              label={t("deskSettings.limit")}
              {...seconds("limitSeconds", 5)}
            />
            <NumberInput
              label={t("deskSettings.warning")}
              {...seconds("warningSeconds", 0)}
              error={problems.includes("warning") && t("deskSettings.warningTooLong")}
            />
          </SimpleGrid>
        </Panel>
        <Panel
          title={t("deskSettings.hours")}
          hint={t("deskSettings.hoursHint", { city: zoneCity(settings.timeZone) })}
        >
          <Hours
            hours={draft.hours}
            disabled={readOnly}
            onHours={(hours) => change({ hours })}
          />
          {problems.includes("hours") && (
            <Text size="sm" c="var(--mantine-color-error)" mt="sm" role="alert">
              {t("deskSettings.hoursWrong")}
            </Text>
          )}
        </Panel>
        <Sources
          leads={draft.leads}
          disabled={readOnly}
          onLeads={(leads) => change({ leads })}
        />
        <Sharing
          rules={draft.assigning}
          disabled={readOnly}
          onRules={(assigning) => change({ assigning })}
        />
        {problems.includes("rules") && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t("deskRules.rulesWrong")}
          </Text>
        )}
        <GoalsPanel
          goals={draft.goals}
          disabled={readOnly}
          onGoals={(goals) => change({ goals })}
        />
        <PausesPanel
          pauses={draft.pauses}
          disabled={readOnly}
          onPauses={(pauses) => change({ pauses })}
        />
        {problems.includes("pauses") && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t("deskRules.pausesWrong")}
          </Text>
        )}
        <EscalationPanel
          escalation={draft.escalation}
          disabled={readOnly}
          onEscalation={(escalation) => change({ escalation })}
        />
        <Panel title={t("deskSettings.outcomes")} hint={t("deskSettings.outcomesHint")}>
          <TagsInput
            aria-label={t("deskSettings.outcomes")}
            value={draft.outcomes}
            disabled={readOnly}
            acceptValueOnBlur
            maxTags={30}
            onChange={(outcomes) => change({ outcomes })}
          />
        </Panel>
        <Panel title={t("deskSettings.wizard")} hint={t("deskSettings.wizardHint")}>
          <WizardEditor
            steps={draft.wizard}
            disabled={readOnly}
            onSteps={(wizard) => change({ wizard })}
          />
          {problems.includes("wizard") && (
            <Text size="sm" c="var(--mantine-color-error)" mt="sm" role="alert">
              {t("deskSettings.wizardWrong")}
            </Text>
          )}
        </Panel>
        {readOnly ? (
          <Text size="sm" c="dimmed">
            {t("role.readOnly")}
          </Text>
        ) : (
          <Button
            type="submit"
            style={{ alignSelf: "flex-start" }}
            disabled={unchanged || problems.length > 0}
            loading={save.isPending}
          >
            {t("action.save")}
          </Button>
        )}
      </Stack>
    </form>
  );
}
