import { PasswordInput } from "@mantine/core";

import { useSpeech } from "../lib/i18n";

export const SHORTEST = 10;

interface NewPasswordProps {
  value: string;
  onChange: (value: string) => void;
  /** Somebody has tried to send it. */
  tried: boolean;
}

/** Where a new password is written; the rule is said before anybody breaks it. */
export function NewPassword({ value, onChange, tried }: NewPasswordProps) {
  const { t } = useSpeech();
  const missing = SHORTEST - value.length;
  return (
    <PasswordInput
      name="new-password"
      label={t("password.new")}
      description={t("password.rule")}
      autoComplete="new-password"
      maxLength={1024}
      visibilityToggleButtonProps={{
        "aria-label": t("signIn.showPassword"),
        tabIndex: 0,
      }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={tried && missing > 0 && t("password.short", { count: missing })}
      inputWrapperOrder={["label", "description", "input", "error"]}
    />
  );
}
