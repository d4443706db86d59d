import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconSend } from "@tabler/icons-react";
import { useState } from "react";

import type { AlertRule, WebhookTested } from "../../api/model";
import { CopyButton } from "../../components/CopyButton";
import { Panel } from "../../components/Panel";
import { useErrorText } from "../../components/errors";
import { Sure } from "../../components/Sure";
import { useToasts } from "../../components/toasts";
import { useSpeech, type Translate } from "../../lib/i18n";
import classes from "./Alerts.module.css";
import { deliveryError } from "../../lib/deliveryErrors";
import { useNewSecret, useTestWebhook } from "./queries";

interface WebhookProps {
  rule: AlertRule;
  mayChange: boolean;
}

/** Where the messages go, and whether they arrive. */
export function Webhook({ rule, mayChange }: WebhookProps) {
  const { t } = useSpeech();
  return (
    <Panel title={t("alert.webhook")}>
      {rule.webhookUrl === null ? (
        <Text size="sm" c="dimmed">
          {t("alert.noWebhook")}
        </Text>
      ) : (
        <Stack gap="sm">
          <Code block className={classes.url}>
            {rule.webhookUrl}
          </Code>
          {mayChange && (
            <Group gap="xs" align="flex-start">
              <WebhookTest ruleId={rule.id} />
              <NewSecret ruleId={rule.id} />
            </Group>
          )}
        </Stack>
      )}
    </Panel>
  );
}

/** Sends a message now, and says what came of it. */
function WebhookTest({ ruleId }: { ruleId: string }) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const test = useTestWebhook(ruleId);
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconSend size={16} aria-hidden="true" />}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {t("alert.test")}
      </Button>
      <Text size="sm" mt={6} role="status" className={classes.error}>
        {test.isError && errorText(test.error)}
        {test.data !== undefined && outcome(t, test.data)}
      </Text>
    </div>
  );
}

function outcome(t: Translate, { status, error, milliseconds }: WebhookTested): string {
  if (error !== null) return t("alert.testFailed", { error: deliveryError(t, error) });
  return t("alert.tested", { status: String(status), milliseconds });
}

function NewSecret({ ruleId }: { ruleId: string }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const rotate = useNewSecret(ruleId);
  const [asked, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconKey size={16} aria-hidden="true" />}
        onClick={open}
      >
        {t("alert.newSecret")}
      </Button>
      <Sure
        opened={asked}
        title={t("alert.newSecret")}
        text={t("alert.newSecretHint")}
        label={t("alert.newSecretSend")}
        pending={rotate.isPending}
        onSure={() =>
          rotate.mutate(undefined, {
            onSuccess: ({ webhookSecret }) => {
              close();
              setSecret(webhookSecret);
            },
            onError: toasts.failed,
          })
        }
        onClose={close}
      />
      {secret !== null && (
        <SecretShown ruleId={ruleId} secret={secret} onClose={() => setSecret(null)} />
      )}
    </>
  );
}

interface SecretShownProps {
  ruleId: string;
  secret: string;
  onClose: () => void;
}

/** The one time that a webhook's secret is on the screen. */
export function SecretShown({ ruleId, secret, onClose }: SecretShownProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("alert.secret")}
      // A press beside it must not lose what will not come again.
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{t("alert.secretHint")}</Text>
        <Code block className={classes.url} data-testid="webhook-secret">
          {secret}
        </Code>
        <Group gap="xs" align="flex-start">
          <CopyButton text={secret} label={t("action.copy")} />
          <WebhookTest ruleId={ruleId} />
        </Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("alert.secretKept")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
