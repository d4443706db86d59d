import { Button, Group, Text, Tooltip } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconRefresh,
} from "@tabler/icons-react";

import type { AlertDelivery } from "../../api/model";
import { useMe } from "../../api/queries";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showTime } from "../../lib/time";
import classes from "./Alerts.module.css";
import { deliveryError } from "../../lib/deliveryErrors";
import { useRetryDelivery } from "./queries";

const SIGNS = { delivered: IconCheck, waiting: IconClock, dead: IconAlertTriangle };

/** What became of the messages about a firing. */
export function Deliveries({ deliveries }: { deliveries: readonly AlertDelivery[] }) {
  const { t } = useSpeech();
  if (deliveries.length === 0) {
    return (
      <Text size="xs" c="dimmed" className={classes.deliveries}>
        {t("alert.onScreenOnly")}
      </Text>
    );
  }
  return (
    <ul className={classes.deliveries}>
      {deliveries.map((delivery) => (
        <Delivery key={delivery.id} delivery={delivery} />
      ))}
    </ul>
  );
}

function Delivery({ delivery }: { delivery: AlertDelivery }) {
  const { t, locale } = useSpeech();
  const { user, tenant } = useMe();
  const Sign = SIGNS[delivery.state];
  const next =
    delivery.state === "waiting" && delivery.nextAttemptAt !== null
      ? t("alert.nextAt", {
          time: showTime(locale, tenant.timeZone, delivery.nextAttemptAt),
        })
      : "";
  return (
    <li className={classes.delivery} data-state={delivery.state}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Sign size={15} aria-hidden="true" className={classes.sign} />
        <div>
          <Text size="xs">
            {`${t(`alert.about.${delivery.about}`)}: ${t(`alert.delivery.${delivery.state}`)}`}
            {delivery.attempts > 1 &&
              ` · ${t("alert.attempts", { count: delivery.attempts })}`}
            {next !== "" && ` · ${next}`}
          </Text>
          {delivery.state !== "delivered" && delivery.lastError !== null && (
            <Text size="xs" c="dimmed" className={classes.error}>
              {deliveryError(t, delivery.lastError)}
            </Text>
          )}
        </div>
        {delivery.state !== "delivered" && user.role === "admin" && (
          <Retry delivery={delivery} />
        )}
      </Group>
    </li>
  );
}

function Retry({ delivery }: { delivery: AlertDelivery }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const retry = useRetryDelivery();
  return (
    <Tooltip label={t("alert.retryHint")}>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconRefresh size={13} aria-hidden="true" />}
        loading={retry.isPending}
        onClick={() =>
          retry.mutate(delivery.id, {
            onSuccess: () => toasts.say(t("alert.retried")),
            onError: toasts.failed,
          })
        }
      >
        {t("alert.retry")}
      </Button>
    </Tooltip>
  );
}
