import { Group, Stack, Text } from "@mantine/core";

import type { Charge } from "../../api/model";
import { useMe } from "../../api/queries";
import { Copied } from "../../components/Copied";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { useMoney } from "./money";
import { useSaid } from "./said";
import classes from "./Sales.module.css";
import { SaleSign } from "./words";

/** A Pix: its picture and code while it can be paid, and how it is. */
export function ChargeBox({ charge }: { charge: Charge }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const money = useMoney();
  const said = useSaid();
  const moment = (at: string) => showMoment(locale, tenant.timeZone, at);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <SaleSign status={charge.status} />
        <Text size="sm">
          {t(`payments.gateway.${charge.gateway}`)} · {money(charge.amountCents, "BRL")}
        </Text>
      </Group>
      {charge.error !== null && (
        <Text size="sm" c="red" role="alert">
          {said(charge.error)}
        </Text>
      )}
      {charge.qrUrl !== null && charge.brCode !== null && (
        <>
          <img
            className={classes.picture}
            src={pathOf(charge.qrUrl)}
            alt={t("sales.qr")}
          />
          <Copied what={t("sales.code")} text={charge.brCode} block />
          <Copied what={t("sales.page")} text={charge.statusUrl} block />
          <Text size="xs" c="dimmed">
            {t("sales.until", { time: moment(charge.expiresAt) })}
          </Text>
        </>
      )}
      {charge.endToEndId !== null && (
        <Text size="xs" c="dimmed" className={classes.id}>
          {t("sales.endToEnd", { id: charge.endToEndId })}
        </Text>
      )}
    </Stack>
  );
}

/** From this very server, whatever name the payer knows it by. */
function pathOf(url: string): string {
  return url.slice(url.indexOf("/pay/"));
}
