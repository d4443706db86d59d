import { Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { ChatWebhookDetail } from "../../api/model";
import { useMe } from "../../api/queries";
import { CopyButton } from "../../components/CopyButton";
import { Failed } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Operations.module.css";
import { Became, StateBadge } from "./Became";
import { useRetryWebhook, webhookQuery } from "./webhooks";

interface DialogProps {
  /** Which is shown; absent while none is. */
  id: string | undefined;
  onClose: () => void;
}

/** One webhook as it came, to be worked off once more. */
export function WebhookDialog({ id, onClose }: DialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={id !== undefined}
      onClose={onClose}
      size="xl"
      title={t("operations.logOne")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {id !== undefined && <Fetched id={id} />}
    </Modal>
  );
}

function Fetched({ id }: { id: string }) {
  const webhook = useQuery(webhookQuery(id));
  if (webhook.isPending) return <Skeleton height={200} />;
  if (webhook.data === undefined) {
    return <Failed error={webhook.error} onRetry={() => void webhook.refetch()} />;
  }
  return <Whole webhook={webhook.data} />;
}

function Whole({ webhook }: { webhook: ChatWebhookDetail }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const again = useRetryWebhook();
  const { payload } = webhook;
  const text = typeof payload === "string" ? payload : JSON.stringify(payload, null, 2);
  const moment = (at: string) => showMoment(locale, tenant.timeZone, at);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <StateBadge state={webhook.state} />
        <Text size="sm">{moment(webhook.receivedAt)}</Text>
      </Group>
      <Text size="sm" c="dimmed">
        <Became one={webhook} />
        {webhook.finishedAt !== null && (
          <> · {t("operations.logFinished", { time: moment(webhook.finishedAt) })}</>
        )}
      </Text>
      <Text size="xs" c="dimmed" className={classes.logIds}>
        {t("operations.logRequest", { id: webhook.requestId })}
      </Text>
      {webhook.hasBody ? (
        <pre className={classes.payload} tabIndex={0} aria-label={t("operations.logOne")}>
          {text}
        </pre>
      ) : (
        <Text size="sm">{t("operations.logGone")}</Text>
      )}
      <Group justify="flex-end" gap="xs">
        {webhook.hasBody && (
          <CopyButton text={text} label={t("action.copy")} variant="default" />
        )}
        <Button
          disabled={!webhook.hasBody || webhook.state === "waiting"}
          loading={again.isPending}
          onClick={() =>
            again.mutate(webhook.id, {
              onSuccess: () => toasts.say(t("operations.logAgainDone")),
              onError: toasts.failed,
            })
          }
        >
          {t("operations.logAgain")}
        </Button>
      </Group>
    </Stack>
  );
}
