import { Alert, Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import { useErrorText } from "../../components/errors";
import { useSpeech } from "../../lib/i18n";

interface ProveProps {
  error: Error | null;
  sending: boolean;
  onProve: (password: string) => void;
  onCancel: () => void;
}

/** A session that somebody left open is not enough: the password is asked for again. */
export function Prove({ error, sending, onProve, onCancel }: ProveProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (password !== "" && !sending) onProve(password);
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {errorText(error)}
          </Alert>
        )}
        <Text size="sm">{t("factor.prove")}</Text>
        <PasswordInput
          label={t("signIn.password")}
          autoComplete="current-password"
          visibilityToggleButtonProps={{
            "aria-label": t("signIn.showPassword"),
            tabIndex: 0,
          }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={tried && password === "" && t("signIn.passwordMissing")}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={sending}>
            {t("factor.continue")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
