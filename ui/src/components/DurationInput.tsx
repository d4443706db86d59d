import { Group, Input, NumberInput, Select } from "@mantine/core";
import { useId, useState } from "react";

import { useSpeech } from "../lib/i18n";
import { oneOf } from "../lib/search";
import classes from "./DurationInput.module.css";

const UNITS = ["minutes", "hours", "days"] as const;
type Unit = (typeof UNITS)[number];
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 };

interface DurationInputProps {
  label: string;
  description?: string;
  minutes: number;
  most: number;
  disabled?: boolean;
  onMinutes: (minutes: number) => void;
}

/** A length of time as people say it: a number and a unit. Told when it is finished. */
export function DurationInput(props: DurationInputProps) {
  // Made anew when another length comes from outside.
  return <Duration key={props.minutes} {...props} />;
}

function Duration({
  label,
  description,
  minutes,
  most,
  disabled = false,
  onMinutes,
}: DurationInputProps) {
  const { t } = useSpeech();
  const id = useId();
  const [unit, setUnit] = useState<Unit>(() => unitOf(minutes));
  const [count, setCount] = useState<string | number>(minutes / MINUTES[unit]);

  function tell(nextCount: string | number, nextUnit: Unit): void {
    const wanted = Math.round(Number(nextCount) * MINUTES[nextUnit]);
    const next = Math.min(most, Math.max(1, wanted));
    setCount(next / MINUTES[nextUnit]);
    if (next !== minutes) onMinutes(next);
  }

  return (
    <Input.Wrapper label={label} description={description} labelProps={{ htmlFor: id }}>
      <Group gap={6} wrap="nowrap">
        <NumberInput
          id={id}
          className={classes.count}
          value={count}
          min={1}
          max={most / MINUTES[unit]}
          clampBehavior="blur"
          allowNegative={false}
          disabled={disabled}
          onChange={setCount}
          onBlur={() => tell(count, unit)}
          onKeyDown={(event) => {
            if (event.key === "Enter") tell(count, unit);
          }}
        />
        <Select
          className={classes.unit}
          aria-label={t("duration.unit", { label })}
          data={UNITS.map((value) => ({ value, label: t(`duration.${value}`) }))}
          value={unit}
          allowDeselect={false}
          disabled={disabled}
          onChange={(value) => {
            const next = oneOf(UNITS, value) ?? unit;
            setUnit(next);
            tell(count, next);
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}

/** The largest unit that says it without a fraction. */
function unitOf(minutes: number): Unit {
  return UNITS.findLast((unit) => minutes % MINUTES[unit] === 0) ?? "minutes";
}
