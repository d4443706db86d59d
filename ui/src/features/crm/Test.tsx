import { Alert, Button, Group, Loader, PasswordInput, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ListedSource } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { sample } from "./payload";
import { receivedQuery, useSendSample } from "./queries";
import { WholeWebhook } from "./Understood";

const WAITING_MS = 1_000;

interface TestProps {
  source: ListedSource;
  secret: string | undefined;
}

/** Waits for the next webhook and shows it; or sends one by the real door. */
export function Test({ source, secret }: TestProps) {
  const { t } = useSpeech();
  // The newest one when the waiting began, null if there was none; undefined while nobody waits.
  const [since, setSince] = useState<string | null>();
  const waits = since !== undefined;
  const received = useQuery(receivedQuery(source.id, waits ? WAITING_MS : undefined));
  const newest = received.data?.items[0]?.id ?? null;
  const came = waits && newest !== null && newest !== since ? newest : undefined;
  const wait = () => setSince(received.data === undefined ? undefined : newest);

  return (
    <Panel title={t("crm.test")} hint={t("crm.testHint")}>
      <Stack gap="md">
        <Group gap="sm" align="flex-end">
          <Button onClick={wait}>{t("crm.wait")}</Button>
          <Sample source={source} secret={secret} onSend={wait} />
        </Group>
        {waits && came === undefined && (
          <Group gap="sm" role="status">
            <Loader size="xs" aria-hidden="true" />
            <Text size="sm">{t("crm.waiting")}</Text>
          </Group>
        )}
        {came !== undefined && (
          <Stack gap="xs">
            <Text fw={560} role="status">
              {t("crm.arrived")}
            </Text>
            <WholeWebhook sourceId={source.id} id={came} />
          </Stack>
        )}
      </Stack>
    </Panel>
  );
}

function Sample({ source, secret, onSend }: TestProps & { onSend: () => void }) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const send = useSendSample(source);
  const [typed, setTyped] = useState("");
  const known = secret ?? typed.trim();
  return (
    <>
      {secret === undefined && (
        <PasswordInput
          label={t("crm.sampleSecret")}
          value={typed}
          autoComplete="off"
          w={260}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Button
        variant="default"
        disabled={known === ""}
        loading={send.isPending}
        onClick={() => {
          onSend();
          send.mutate({
            secret: known,
            body: sample(t("crm.samplePerson"), Date.now()),
          });
        }}
      >
        {t("crm.sample")}
      </Button>
      <Text size="xs" c="dimmed" w="100%">
        {t("crm.sampleHint")}
      </Text>
      {send.isError && (
        <Alert color="red" variant="light" role="alert" w="100%">
          {errorText(send.error)}
        </Alert>
      )}
    </>
  );
}
