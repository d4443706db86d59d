import {
  Alert,
  Button,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useState, type SyntheticEvent } from "react";

import { ApiError } from "../../api/client";
import { useErrorText } from "../../components/errors";
import { FrontDoor } from "../../components/FrontDoor";
import { useSpeech } from "../../lib/i18n";
import { useSignIn } from "./mutations";

interface SignInProps {
  /** Their session has ended while they were at work. */
  over: boolean;
  onSignedIn: () => void;
  /** Language and theme, chosen before anybody is known. */
  preferences: React.ReactNode;
}

export function SignIn({ over, onSignedIn, preferences }: SignInProps) {
  const { t } = useSpeech();
  return (
    <FrontDoor title={t("signIn.title")} preferences={preferences}>
      <Title order={1} mt="xl">
        {t("signIn.title")}
      </Title>
      <Text c="dimmed" size="sm" mt={4} mb="lg">
        {t(over ? "signIn.over" : "signIn.welcome")}
      </Text>
      <Form onSignedIn={onSignedIn} />
      <Text c="dimmed" size="xs" mt="lg">
        {t("signIn.firstTime")}
      </Text>
    </FrontDoor>
  );
}

/** No mistake yet: the password is right, and a code is wanted too. */
function isFirstAsking(error: Error): boolean {
  return error instanceof ApiError && error.code === "second_factor_needed";
}

function asksForCode(error: Error): boolean {
  return error instanceof ApiError && error.code.startsWith("second_factor_");
}

function Form({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const signIn = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  // Once asked for, it stays: another password of the same person needs it too.
  const [needsCode, setNeedsCode] = useState(false);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (signIn.isPending || email.trim() === "" || password === "") return;
    if (needsCode && code.trim() === "") return;
    signIn.mutate(
      { email: email.trim(), password, ...(needsCode ? { code: code.trim() } : {}) },
      {
        onSuccess: onSignedIn,
        onError: (error) => {
          if (asksForCode(error)) setNeedsCode(true);
          setCode("");
          setTried(false);
        },
      },
    );
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {signIn.isError && !isFirstAsking(signIn.error) && (
          <Alert
            color="red"
            variant="light"
            role="alert"
            icon={<IconAlertCircle aria-hidden="true" />}
          >
            {errorText(signIn.error)}
          </Alert>
        )}
        <TextInput
          type="email"
          name="email"
          label={t("signIn.email")}
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={tried && email.trim() === "" && t("signIn.emailMissing")}
        />
        <PasswordInput
          name="password"
          label={t("signIn.password")}
          autoComplete="current-password"
          size="md"
          visibilityToggleButtonProps={{
            "aria-label": t("signIn.showPassword"),
            tabIndex: 0,
          }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={tried && password === "" && t("signIn.passwordMissing")}
        />
        {needsCode && (
          <TextInput
            name="code"
            label={t("factor.code")}
            description={t("factor.codeHint")}
            autoComplete="one-time-code"
            inputMode="text"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            size="md"
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={tried && code.trim() === "" && t("factor.codeMissing")}
          />
        )}
        <Button type="submit" size="md" disabled={signIn.isPending} mt="xs">
          {signIn.isPending ? t("signIn.sending") : t("signIn.send")}
        </Button>
      </Stack>
    </form>
  );
}
