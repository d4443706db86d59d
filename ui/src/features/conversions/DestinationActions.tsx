import {
  Alert,
  Button,
  Group,
  Modal,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";

import type { Destination, DestinationTested } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { Sure } from "../../components/Sure";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { WITH_TEST_CODE } from "./kinds";
import { useBackfill, useChange, useDisconnect, useTestEvents, useTry } from "./queries";
import { useSaid } from "./words";

interface ActionsProps {
  destination: Destination;
  onChange: () => void;
}

export function DestinationActions({ destination, onChange }: ActionsProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChange(destination.id);
  const backfill = useBackfill(destination.id);
  const attempt = useTry(destination.id);
  const [asking, setAsking] = useState<"code" | "delete">();
  const close = () => setAsking(undefined);
  return (
    <Stack gap="xs" mt="xs">
      <Group gap="xs">
        <Switch
          label={t("dest.on")}
          checked={destination.state === "on"}
          disabled={change.isPending}
          onChange={({ currentTarget }) =>
            change.mutate(
              { enabled: currentTarget.checked },
              { onSuccess: toasts.saved, onError: toasts.failed },
            )
          }
        />
        <Button
          size="compact-sm"
          variant="default"
          loading={attempt.isPending}
          onClick={() => attempt.mutate(undefined)}
        >
          {t("dest.try")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onChange}>
          {t("dest.change")}
        </Button>
        {WITH_TEST_CODE.includes(destination.kind) && (
          <Button size="compact-sm" variant="default" onClick={() => setAsking("code")}>
            {t("dest.testEvents")}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          loading={backfill.isPending}
          onClick={() =>
            backfill.mutate(undefined, {
              onSuccess: ({ added }) =>
                toasts.say(t("dest.backfilled", { count: added })),
              onError: toasts.failed,
            })
          }
        >
          {t("dest.backfill")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setAsking("delete")}>
          {t("dest.delete")}
        </Button>
      </Group>
      <Tried tested={attempt.data} error={attempt.error} />
      {asking === "code" && <TestCode destination={destination} onClose={close} />}
      {asking === "delete" && <Delete destination={destination} onClose={close} />}
    </Stack>
  );
}

/** What the platform said to the test. */
function Tried({
  tested,
  error,
}: {
  tested: DestinationTested | undefined;
  error: Error | null;
}) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const said = useSaid();
  if (error === null && tested === undefined) return <div role="status" />;
  const fine = tested?.ok === true;
  return (
    <Alert color={fine ? "teal" : "red"} variant="light" role="status" p="xs">
      {fine
        ? t("dest.tried", { milliseconds: tested.milliseconds })
        : t("dest.refused", {
            error: error === null ? said(tested?.error ?? "") : errorText(error),
          })}
    </Alert>
  );
}

interface QuestionProps {
  destination: Destination;
  onClose: () => void;
}

/** Events go under the platform's test code for some hours, and then by themselves no more. */
function TestCode({ destination, onClose }: QuestionProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const testing = useTestEvents(destination.id);
  const [code, setCode] = useState(destination.testCode ?? "");
  const send = (wanted: string | null) =>
    testing.mutate(wanted, { onSuccess: onClose, onError: toasts.failed });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("dest.testEvents")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{t("dest.testHint")}</Text>
        <TextInput
          label={t("dest.testCode")}
          value={code}
          maxLength={40}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          {destination.testCode !== null && (
            <Button variant="default" onClick={() => send(null)}>
              {t("dest.testEnd")}
            </Button>
          )}
          <Button
            loading={testing.isPending}
            disabled={code.trim() === ""}
            onClick={() => send(code.trim())}
          >
            {t("dest.testBegin")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Delete({ destination, onClose }: QuestionProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const remove = useDisconnect(destination.id);
  return (
    <Sure
      opened
      title={t("dest.deleteOf", { name: destination.name })}
      text={t("dest.deleteSure", { count: destination.waiting })}
      label={t("dest.delete")}
      danger
      pending={remove.isPending}
      onSure={() =>
        remove.mutate(undefined, { onSuccess: onClose, onError: toasts.failed })
      }
      onClose={onClose}
    />
  );
}
