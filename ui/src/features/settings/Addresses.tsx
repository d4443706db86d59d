import { Stack, Switch, Text } from "@mantine/core";

import type { Tenant } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useUpdateTenant } from "./queries";

/** Whether events keep the visitor's address, and what that means. */
export function Addresses({ tenant, mayChange }: { tenant: Tenant; mayChange: boolean }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const update = useUpdateTenant();
  const stored = update.isPending ? update.variables.storeIp : tenant.storeIp;
  return (
    <Stack gap="sm" maw={560}>
      <Switch
        label={t("general.storeIp")}
        description={t("general.storeIpHint")}
        checked={stored ?? tenant.storeIp}
        disabled={!mayChange || update.isPending}
        onChange={({ currentTarget }) =>
          update.mutate(
            { storeIp: currentTarget.checked },
            { onSuccess: toasts.saved, onError: toasts.failed },
          )
        }
      />
      <Text size="sm" c="dimmed">
        {t(tenant.storeIp ? "general.storeIpOn" : "general.storeIpOff")}
      </Text>
    </Stack>
  );
}
