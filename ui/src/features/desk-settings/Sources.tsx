import { Checkbox, Group, NumberInput, Stack, Switch } from "@mantine/core";

import type { DeskSettings } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { useSourceWord } from "../contacts/words";

type Leads = DeskSettings["leads"];

const SOURCES = ["form", "whatsapp", "telegram", "crm"] as const;
const USUAL_DAYS = 30;

interface SourcesProps {
  leads: Leads;
  disabled: boolean;
  onLeads: (leads: Leads) => void;
}

/** From where leads come by themselves, and which of the old ones begin again. */
export function Sources({ leads, disabled, onLeads }: SourcesProps) {
  const { t } = useSpeech();
  const sourceWord = useSourceWord();
  const days = leads.reopenAfterDays ?? null;
  return (
    <Panel title={t("deskRules.sources")} hint={t("deskRules.sourcesHint")}>
      <Stack gap="md">
        <Checkbox.Group
          aria-label={t("deskRules.sources")}
          value={leads.sources}
          onChange={(chosen) =>
            onLeads({
              ...leads,
              sources: SOURCES.filter((one) => chosen.includes(one)),
            })
          }
        >
          <Group gap="lg">
            {SOURCES.map((source) => (
              <Checkbox
                key={source}
                value={source}
                disabled={disabled}
                label={sourceWord(source)}
              />
            ))}
          </Group>
        </Checkbox.Group>
        <Group gap="md" align="flex-end">
          <Switch
            label={t("deskRules.reopen")}
            description={t("deskRules.reopenHint")}
            checked={days !== null}
            disabled={disabled}
            onChange={({ currentTarget }) =>
              onLeads({
                ...leads,
                reopenAfterDays: currentTarget.checked ? USUAL_DAYS : null,
              })
            }
          />
          {days !== null && (
            <NumberInput
              label={t("deskRules.reopenDays")}
              w={160}
              min={0}
              max={3650}
              value={days}
              disabled={disabled}
              onChange={(value) =>
                onLeads({ ...leads, reopenAfterDays: Math.round(Number(value)) })
              }
            />
          )}
        </Group>
      </Stack>
    </Panel>
  );
}
