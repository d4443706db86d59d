import { Alert, Button, Text } from "@mantine/core";
import { IconWifiOff } from "@tabler/icons-react";
import { useState } from "react";

import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { serverNow } from "../../lib/serverClock";
import type { SocketStatus } from "../../lib/socket";
import { showClock } from "../../lib/time";

interface OfflineBannerProps {
  live: SocketStatus;
  onRetry: () => void;
}

/** Says that nothing changes by itself now, and since when what is shown may be old. */
export function OfflineBanner({ live, onRetry }: OfflineBannerProps) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const [since, setSince] = useState<string>();
  const [was, setWas] = useState(live);
  if (live !== was) {
    setWas(live);
    if (live === "live" || live === "connecting") setSince(undefined);
    else if (was === "live") setSince(new Date(serverNow()).toISOString());
  }
  if (live === "live" || live === "connecting") return null;
  return (
    <Alert
      color="orange"
      variant="light"
      role="status"
      icon={<IconWifiOff aria-hidden="true" />}
      title={t("desk.offline")}
    >
      <Text size="sm" component="span" mr="sm">
        {since === undefined
          ? t("desk.offlineHint")
          : t("desk.offlineSince", { time: showClock(locale, tenant.timeZone, since) })}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t("desk.lookNow")}
      </Button>
    </Alert>
  );
}
