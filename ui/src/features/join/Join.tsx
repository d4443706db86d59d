import { Alert, Button, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconLinkOff, IconLockCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode, type SyntheticEvent } from "react";

import type { OpenedLink } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { FrontDoor } from "../../components/FrontDoor";
import { NewPassword, SHORTEST } from "../../components/NewPassword";
import { Empty, Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { isVoid, linkQuery, useUseLink } from "./queries";

interface JoinProps {
  /** What stands behind the # of the link. */
  token: string;
  preferences: ReactNode;
  onJoined: () => void;
  onSignIn: () => void;
}

/** The other end of an invitation, or of a link for a new password. */
export function Join({ token, preferences, ...rest }: JoinProps) {
  const { t } = useSpeech();
  return (
    <FrontDoor title={t("join.pageTitle")} preferences={preferences}>
      {token === "" ? <Void /> : <Opened token={token} {...rest} />}
    </FrontDoor>
  );
}

function Opened({ token, onJoined, onSignIn }: Omit<JoinProps, "preferences">) {
  const { t } = useSpeech();
  const link = useQuery(linkQuery(token));
  const [changed, setChanged] = useState(false);
  if (changed) {
    return (
      <Empty
        order={1}
        icon={<IconLockCheck size={28} />}
        title={t("join.changed")}
        text={t("join.changedHint")}
        action={<Button onClick={onSignIn}>{t("signIn.title")}</Button>}
      />
    );
  }
  if (link.data !== undefined) {
    const isReset = link.data.kind === "reset";
    return (
      <Form
        token={token}
        link={link.data}
        onDone={isReset ? () => setChanged(true) : onJoined}
      />
    );
  }
  if (isVoid(link.error)) return <Void />;
  if (link.isError) {
    return <Failed error={link.error} onRetry={() => void link.refetch()} />;
  }
  return <Skeleton height={280} mt="xl" />;
}

function Void() {
  const { t } = useSpeech();
  return (
    <Empty
      order={1}
      icon={<IconLinkOff size={28} />}
      title={t("join.void")}
      text={t("join.voidHint")}
    />
  );
}

interface FormProps {
  token: string;
  link: OpenedLink;
  onDone: () => void;
}

function Form({ token, link, onDone }: FormProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const useIt = useUseLink();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const joins = link.kind === "invite";
  const nameless = joins && name.trim() === "";

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (nameless || password.length < SHORTEST || useIt.isPending) return;
    const request = { token, password, ...(joins ? { name: name.trim() } : {}) };
    useIt.mutate(request, { onSuccess: onDone });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md" mt="xl">
        <div>
          <Title order={1}>
            {joins ? t("join.title", { company: link.company }) : t("join.resetTitle")}
          </Title>
          <Text c="dimmed" size="sm" mt={4}>
            {t(joins ? "join.welcome" : "join.resetHint")}
          </Text>
        </div>
        {useIt.isError && (
          <Alert color="red" variant="light" role="alert">
            {errorText(useIt.error)}
          </Alert>
        )}
        <TextInput
          name="email"
          label={t("signIn.email")}
          autoComplete="username"
          value={link.email}
          readOnly
        />
        {joins && (
          <TextInput
            name="name"
            label={t("join.name")}
            autoComplete="name"
            maxLength={200}
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && nameless && t("join.nameMissing")}
          />
        )}
        <NewPassword value={password} onChange={setPassword} tried={tried} />
        <Button type="submit" size="md" loading={useIt.isPending} mt="xs">
          {t(joins ? "join.send" : "join.sendReset")}
        </Button>
      </Stack>
    </form>
  );
}
