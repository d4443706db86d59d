import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";

import type { DeskPause } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { placed, without } from "./lists";

interface PausesPanelProps {
  pauses: readonly DeskPause[];
  disabled: boolean;
  onPauses: (pauses: DeskPause[]) => void;
}

/** What advisors pause for, and in which pauses their time stands still. */
export function PausesPanel({ pauses, disabled, onPauses }: PausesPanelProps) {
  const { t } = useSpeech();
  return (
    <Panel title={t("deskRules.pauses")} hint={t("deskRules.pausesHint")}>
      <Stack gap="sm">
        {pauses.map((pause, at) => {
          const change = (changes: Partial<DeskPause>) =>
            onPauses(placed(pauses, at, { ...pause, ...changes }));
          return (
            <Group key={at} gap="md" align="flex-end">
              <TextInput
                label={t("deskRules.pauseName")}
                value={pause.name}
                maxLength={60}
                disabled={disabled}
                onChange={({ currentTarget }) => change({ name: currentTarget.value })}
              />
              <Switch
                mb={8}
                label={t("deskRules.stopsClock")}
                checked={pause.stopsClock}
                disabled={disabled}
                onChange={({ currentTarget }) =>
                  change({ stopsClock: currentTarget.checked })
                }
              />
              {pause.stopsClock && (
                <NumberInput
                  label={t("deskRules.pauseMinutes")}
                  w={130}
                  min={1}
                  max={480}
                  suffix=" min"
                  value={pause.minutes}
                  disabled={disabled}
                  onChange={(value) =>
                    change({ minutes: Math.max(1, Math.round(Number(value))) })
                  }
                />
              )}
              {!disabled && (
                <ActionIcon
                  mb={4}
                  variant="subtle"
                  color="red"
                  aria-label={t("deskSettings.drop", { name: pause.name })}
                  onClick={() => onPauses(without(pauses, at))}
                >
                  <IconTrash size={16} aria-hidden="true" />
                </ActionIcon>
              )}
            </Group>
          );
        })}
        {!disabled && (
          <Button
            variant="default"
            style={{ alignSelf: "flex-start" }}
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() =>
              onPauses([...pauses, { name: "", stopsClock: false, minutes: 60 }])
            }
          >
            {t("deskRules.addPause")}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}
