import { TextInput } from "@mantine/core";

import { useSpeech } from "../../lib/i18n";

interface CountryInputProps {
  value: string;
  onChange: (country: string) => void;
}

/** Of phones without a country's code. */
export function CountryInput({ value, onChange }: CountryInputProps) {
  const { t } = useSpeech();
  return (
    <TextInput
      label={t("import.country")}
      description={t("import.countryHint")}
      value={value}
      maxLength={2}
      w={220}
      onChange={({ currentTarget }) => onChange(currentTarget.value.toUpperCase())}
    />
  );
}

/** As it is sent: nothing, until it is two letters. */
export function countryOf(typed: string): string | null {
  return /^[A-Z]{2}$/.test(typed) ? typed : null;
}
