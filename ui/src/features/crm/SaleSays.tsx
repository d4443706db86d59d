import { Text } from "@mantine/core";

import type { SaleRead } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { showMoment, zoneCity } from "../../lib/time";
import { useDetailText } from "./words";

interface SaleSaysProps {
  read: SaleRead;
  /** When it was, as the shop wrote it; undefined where nothing stands. */
  written: string | undefined;
}

/** What a payload says of a sale, in a line or two. */
export function SaleSays({ read, written }: SaleSaysProps) {
  const { t, number } = useSpeech();
  const detail = useDetailText();
  const { amountCents, currency } = read;
  const price =
    amountCents == null
      ? "–"
      : number(amountCents / 100, { style: "currency", currency: currency ?? "BRL" });
  const who = [read.name, read.email, read.phone].filter(Boolean).join(" · ");
  return (
    <>
      <Text size="sm">
        {[
          price,
          read.status != null && t(`sales.status.${read.status}`),
          read.externalId,
          who,
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
      {written !== undefined && <When read={read} written={written} />}
      {read.ignored != null && (
        <Text size="sm" c="red">
          {detail(read.ignored)}
        </Text>
      )}
    </>
  );
}

/** How a time of the shop's own clock is understood. */
function When({ read, written }: { read: SaleRead; written: string }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  if (read.occurredAt == null) {
    return (
      <Text size="sm" c="orange">
        {t("crm.sale.whenUnclear", { written })}
      </Text>
    );
  }
  const moment = showMoment(locale, tenant.timeZone, read.occurredAt);
  return (
    <Text size="sm">
      {read.readIn == null
        ? t("crm.sale.when", { written, moment, here: zoneCity(tenant.timeZone) })
        : t("crm.sale.whenRead", {
            written,
            moment,
            here: zoneCity(tenant.timeZone),
            there: zoneCity(read.readIn),
          })}
    </Text>
  );
}
