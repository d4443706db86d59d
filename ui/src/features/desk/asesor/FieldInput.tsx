import {
  Checkbox,
  MultiSelect,
  NumberInput,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";

import type { Answer, WizardField } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";

interface FieldInputProps {
  field: WizardField;
  value: Answer | undefined;
  error: string | undefined;
  onValue: (value: Answer) => void;
}

const TYPES = {
  text: "text",
  phone: "tel",
  email: "email",
  date: "date",
} as const;

/** One question of the wizard, asked as its kind wants it. */
export function FieldInput({ field, value, error, onValue }: FieldInputProps) {
  const { t } = useSpeech();
  const { label, kind, required, choices = [] } = field;
  const text = typeof value === "string" ? value : "";
  const common = { label, error, withAsterisk: required };
  switch (kind) {
    case "long":
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          value={text}
          maxLength={5_000}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onValue(typeof next === "number" ? next : null)}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={choices}
          value={text || null}
          clearable
          clearButtonProps={{ "aria-label": t("desk.fieldClear", { label }) }}
          onChange={onValue}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...common}
          data={choices}
          value={choices.filter((one) => Array.isArray(value) && value.includes(one))}
          onChange={onValue}
        />
      );
    case "yes_no":
      return (
        <Checkbox
          label={label}
          error={error}
          checked={value === true}
          onChange={({ currentTarget }) => onValue(currentTarget.checked)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={TYPES[kind]}
          value={text}
          maxLength={1_000}
          autoComplete="off"
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        />
      );
  }
}
