import { Anchor, Text } from "@mantine/core";

import type { SaleReport } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { useMoney } from "../../lib/money";

interface OtherMoneyProps {
  report: SaleReport;
  onChoose: (currency: string) => void;
}

type Other = SaleReport["others"][number];

/** What the amounts leave out, as it is of another currency; not there where nothing is. */
export function OtherMoney({ report, onChoose }: OtherMoneyProps) {
  const { t } = useSpeech();
  const said = useSaid();
  if (report.others.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" role="note">
      {t("report.others", { currency: report.currency })}{" "}
      {report.others.map((one, index) => (
        <span key={one.currency}>
          {index > 0 && " · "}
          {said(one)}{" "}
          <Anchor
            component="button"
            type="button"
            inherit
            onClick={() => onChoose(one.currency)}
          >
            {t("report.others.see", { currency: one.currency })}
          </Anchor>
        </span>
      ))}
    </Text>
  );
}

function useSaid(): (one: Other) => string {
  const { t, number } = useSpeech();
  const money = useMoney();
  return ({ currency, sales, revenueCents, costCents }) =>
    [
      sales === 0 && revenueCents === 0
        ? undefined
        : t("report.others.sales", {
            count: number(sales, { maximumFractionDigits: 1 }),
            paid: money(revenueCents, currency),
          }),
      costCents === 0
        ? undefined
        : t("report.others.costs", { cost: money(costCents, currency) }),
    ]
      .filter(Boolean)
      .join(", ");
}
