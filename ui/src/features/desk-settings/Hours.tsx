import { ActionIcon, Button, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";

import type { OpenHours } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { showBucket } from "../../lib/time";
import classes from "./DeskSettings.module.css";

interface HoursProps {
  hours: readonly OpenHours[];
  disabled: boolean;
  onHours: (hours: OpenHours[]) => void;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** The end of a day; clocks show it as the beginning of the next. */
const MIDNIGHT = "24:00";
const USUAL = { opens: "09:00", closes: "18:00" };

/** When time runs; always, if no hours are given. */
export function Hours({ hours, disabled, onHours }: HoursProps) {
  const { t } = useSpeech();
  const always = hours.length === 0;
  return (
    <Stack gap="sm">
      <Switch
        label={t("deskSettings.always")}
        checked={always}
        disabled={disabled}
        onChange={({ currentTarget }) =>
          onHours(
            currentTarget.checked
              ? []
              : [1, 2, 3, 4, 5].map((day) => ({ day, ...USUAL })),
          )
        }
      />
      {!always &&
        DAYS.map((day) => (
          <OneDay
            key={day}
            day={day}
            hours={hours.filter((one) => one.day === day)}
            disabled={disabled}
            onHours={(changed) =>
              onHours(
                [...hours.filter((one) => one.day !== day), ...changed].sort(
                  (one, other) => one.day - other.day,
                ),
              )
            }
          />
        ))}
    </Stack>
  );
}

interface OneDayProps extends HoursProps {
  day: number;
}

function OneDay({ day, hours, disabled, onHours }: OneDayProps) {
  const { t, locale } = useSpeech();
  const name = useWeekday()(day);
  const set = (at: number, changes: Partial<OpenHours>) =>
    onHours(hours.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  return (
    <div className={classes.day} role="group" aria-label={name} lang={locale}>
      <Text size="sm" fw={560} className={classes.dayName}>
        {name}
      </Text>
      {hours.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("deskSettings.closed")}
        </Text>
      )}
      {hours.map((one, index) => (
        <Group key={index} gap={6} wrap="nowrap">
          <TextInput
            type="time"
            aria-label={t("deskSettings.opens")}
            value={one.opens}
            disabled={disabled}
            onChange={({ currentTarget }) => set(index, { opens: currentTarget.value })}
          />
          <span aria-hidden="true">{"–"}</span>
          <TextInput
            type="time"
            aria-label={t("deskSettings.closes")}
            value={one.closes === MIDNIGHT ? "00:00" : one.closes}
            disabled={disabled}
            onChange={({ currentTarget: { value } }) =>
              set(index, { closes: value === "00:00" ? MIDNIGHT : value })
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={disabled}
            aria-label={t("deskSettings.dropHours", { day: name })}
            onClick={() => onHours(hours.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} aria-hidden="true" />
          </ActionIcon>
        </Group>
      ))}
      {!disabled && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          aria-label={t("deskSettings.addHours", { day: name })}
          onClick={() => onHours([...hours, { day, ...USUAL }])}
        >
          {t("deskSettings.add")}
        </Button>
      )}
    </div>
  );
}

/** The first of January 2024 was a Monday. */
function useWeekday(): (day: number) => string {
  const { locale } = useSpeech();
  return (day) => {
    const moment = `2024-01-${String(day).padStart(2, "0")}T00:00:00Z`;
    const [word = ""] = showBucket(locale, "UTC", "day", moment, "long").split(/[,\s]/);
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
}
