import { Alert, Button, Text } from "@mantine/core";
import { IconWifiOff } from "@tabler/icons-react";

import { useMe } from "../../api/queries";
import { isLost, useAway, useConnection } from "../../lib/connection";
import { useSpeech } from "../../lib/i18n";
import { showClock } from "../../lib/time";

/** Says that what is shown may be old, since when, and what becomes of it. */
export function OfflineBanner({ onRetry }: { onRetry: () => void }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const { status, lostAt, tryNow } = useConnection();
  const away = useAway();
  if (!isLost(status)) return null;
  const since = new Date(lostAt ?? 0).toISOString();
  const time = showClock(locale, tenant.timeZone, since);
  return (
    <Alert
      color={away ? "red" : "orange"}
      variant="light"
      role="status"
      icon={<IconWifiOff aria-hidden="true" />}
      title={away ? t("desk.away", { time }) : t("desk.offline")}
    >
      <Text size="sm" component="span" mr="sm">
        {t(away ? "desk.awayHint" : "desk.offlineSince", { time })}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          tryNow();
          onRetry();
        }}
      >
        {t(away ? "desk.tryNow" : "desk.lookNow")}
      </Button>
    </Alert>
  );
}
