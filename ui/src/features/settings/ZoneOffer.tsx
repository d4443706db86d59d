import { Alert, Button, Group, Text } from "@mantine/core";
import { IconWorldPin } from "@tabler/icons-react";
import { useState } from "react";

import { useMe } from "../../api/queries";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showTime, zoneCity } from "../../lib/time";
import { useUpdateTenant } from "./queries";

const NO_PLACE = /^(?:Etc\/)?(?:UTC|UCT|GMT|Universal|Zulu|Greenwich)(?:[+-]?\d+)?$/;
const KEPT = "pista.zoneKept";

/** Nobody has said yet where the company is: its days begin where this browser is, by a press. */
export function ZoneOffer() {
  const { t, locale } = useSpeech();
  const { tenant, user } = useMe();
  const toasts = useToasts();
  const update = useUpdateTenant();
  const [kept, setKept] = useState(() => localStorage.getItem(KEPT) === tenant.id);
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const mayChange = user.role === "admin" && tenant.timeZone === "UTC";
  if (!mayChange || kept || NO_PLACE.test(here)) return null;

  function keep(): void {
    localStorage.setItem(KEPT, tenant.id);
    setKept(true);
  }

  return (
    <Alert
      color="petrol"
      variant="light"
      icon={<IconWorldPin aria-hidden="true" />}
      title={t("zone.title", { city: zoneCity(here) })}
    >
      <Text size="sm" mb="sm">
        {t("zone.text", { time: showTime(locale, here, new Date().toISOString()) })}
      </Text>
      <Group gap="xs">
        <Button
          size="compact-md"
          loading={update.isPending}
          onClick={() =>
            update.mutate(
              { timeZone: here },
              { onSuccess: toasts.saved, onError: toasts.failed },
            )
          }
        >
          {t("zone.take", { city: zoneCity(here) })}
        </Button>
        <Button size="compact-md" variant="default" onClick={keep}>
          {t("zone.keep")}
        </Button>
      </Group>
    </Alert>
  );
}
