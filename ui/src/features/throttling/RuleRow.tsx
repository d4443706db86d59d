import { Badge, Button, NumberInput, Switch, Text } from "@mantine/core";
import { IconRotate } from "@tabler/icons-react";
import { useState } from "react";

import { useSpeech } from "../../lib/i18n";
import type { Rule } from "./queries";
import classes from "./Throttling.module.css";

interface RuleRowProps {
  rule: Rule & { isDefault: boolean };
  mayChange: boolean;
  onSave: (rule: Rule) => void;
  onReset: () => void;
}

export function RuleRow({ rule, mayChange, onSave, onReset }: RuleRowProps) {
  const { t } = useSpeech();
  const { eventType: type, samplingRate, alwaysKeep, isDefault } = rule;
  const kept = alwaysKeep ? 100 : samplingRate;
  return (
    <li className={classes.rule}>
      <div className={classes.type}>
        <Text ff="monospace" size="sm" fw={500}>
          {type}
        </Text>
        {!isDefault && (
          <Badge size="xs" variant="light" color="coral" tt="none">
            {t("events.changed")}
          </Badge>
        )}
      </div>
      <div className={classes.rate}>
        <RateInput
          // A new rate from the server starts the field anew.
          key={kept}
          rate={kept}
          label={t("events.rateOf", { type })}
          disabled={alwaysKeep || !mayChange}
          onRate={(next) => onSave({ eventType: type, samplingRate: next, alwaysKeep })}
        />
        <span className={classes.track} aria-hidden="true">
          <span style={{ width: `${String(kept)}%` }} />
        </span>
      </div>
      <Switch
        aria-label={t("events.alwaysOf", { type })}
        label={<span className={classes.onPhone}>{t("events.always")}</span>}
        checked={alwaysKeep}
        disabled={!mayChange}
        onChange={(event) =>
          onSave({
            eventType: type,
            samplingRate,
            alwaysKeep: event.currentTarget.checked,
          })
        }
      />
      <div className={classes.reset}>
        {!isDefault && mayChange && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconRotate size={14} aria-hidden="true" />}
            aria-label={t("events.reset", { type })}
            onClick={onReset}
          >
            {t("events.resetShort")}
          </Button>
        )}
      </div>
    </li>
  );
}

interface RateInputProps {
  rate: number;
  label: string;
  disabled: boolean;
  onRate: (rate: number) => void;
}

/** Saves when somebody is done writing, not at every digit. */
function RateInput({ rate, label, disabled, onRate }: RateInputProps) {
  const { number } = useSpeech();
  const decimalPoint = number(0.5).charAt(1);
  const [draft, setDraft] = useState<number | string>(rate);

  function finish(): void {
    if (typeof draft !== "number") setDraft(rate);
    else if (draft !== rate) onRate(draft);
  }

  return (
    <NumberInput
      aria-label={label}
      size="xs"
      w={92}
      min={0}
      max={100}
      step={5}
      suffix=" %"
      decimalSeparator={decimalPoint}
      decimalScale={2}
      clampBehavior="strict"
      disabled={disabled}
      value={draft}
      onChange={setDraft}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
      }}
    />
  );
}
