import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";

import type { PaymentAccount } from "../../api/model";
import { Copied } from "../../components/Copied";
import { Sure } from "../../components/Sure";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useNewAddress } from "./queries";

/** Where its gateway tells of payments; another, if somebody knows it who should not. */
export function AccountAddress({ account }: { account: PaymentAccount }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const renew = useNewAddress(account.id);
  const [sure, setSure] = useState(false);
  // Nobody tells of a key of one's own.
  if (account.gateway === "static") return null;
  return (
    <Stack gap="xs">
      <Text size="sm">{t(`payments.steps.${account.gateway}`)}</Text>
      <Copied what={t("payments.address")} text={account.noticeUrl} block />
      <Group>
        <Button size="compact-sm" variant="subtle" onClick={() => setSure(true)}>
          {t("payments.newAddress")}
        </Button>
      </Group>
      <Sure
        opened={sure}
        title={t("payments.newAddress")}
        text={t("payments.newAddressSure")}
        label={t("payments.newAddress")}
        danger
        pending={renew.isPending}
        onSure={() =>
          renew.mutate(undefined, {
            onError: toasts.failed,
            onSuccess: () => {
              toasts.saved();
              setSure(false);
            },
          })
        }
        onClose={() => setSure(false)}
      />
    </Stack>
  );
}
