import { Alert, Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import { useMe } from "../../api/queries";
import { useErrorText } from "../../components/errors";
import { NewPassword, SHORTEST } from "../../components/NewPassword";
import { Panel } from "../../components/Panel";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useChangePassword } from "./queries";

export function OwnPassword() {
  const { t } = useSpeech();
  const { user } = useMe();
  const errorText = useErrorText();
  const toasts = useToasts();
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (current === "" || password.length < SHORTEST || change.isPending) return;
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          setCurrent("");
          setPassword("");
          setTried(false);
          toasts.say(t("account.changed"));
        },
      },
    );
  }

  return (
    <Panel title={t("account.password")} hint={t("account.passwordHint")}>
      <form onSubmit={send} noValidate>
        <Stack gap="md" maw={440}>
          {change.isError && (
            <Alert color="red" variant="light" role="alert">
              {errorText(change.error)}
            </Alert>
          )}
          {/* For password managers, which have to know whose it is. */}
          <input
            type="text"
            name="email"
            autoComplete="username"
            value={user.email}
            readOnly
            hidden
          />
          <PasswordInput
            name="current-password"
            label={t("account.current")}
            autoComplete="current-password"
            visibilityToggleButtonProps={{
              "aria-label": t("signIn.showPassword"),
              tabIndex: 0,
            }}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={tried && current === "" && t("signIn.passwordMissing")}
          />
          <NewPassword value={password} onChange={setPassword} tried={tried} />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t("account.change")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
