import { Checkbox, Select } from "@mantine/core";

import type { SaleMapping } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { CURRENCIES } from "../../lib/money";
import { timeZones, zoneCity } from "../../lib/time";

/** Of some four hundred that are found by typing. */
const MOST_ZONES = 30;

interface SaleTermsProps {
  mapping: SaleMapping;
  onMapping: (mapping: SaleMapping) => void;
}

/** How what stands in the fields is meant: money, times, and whose the numbers are. */
export function SaleTerms({ mapping, onMapping }: SaleTermsProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const set = (changes: Partial<SaleMapping>) => onMapping({ ...mapping, ...changes });
  return (
    <>
      <Checkbox
        label={t("crm.sale.cents")}
        checked={mapping.amountInCents}
        onChange={({ currentTarget }) => set({ amountInCents: currentTarget.checked })}
      />
      <Select
        size="sm"
        label={t("crm.sale.defaultCurrency")}
        data={[...new Set([mapping.defaultCurrency, ...CURRENCIES])]}
        value={mapping.defaultCurrency}
        onChange={(next) => next !== null && set({ defaultCurrency: next })}
        allowDeselect={false}
        searchable
      />
      <Select
        size="sm"
        label={t("crm.sale.timeZone")}
        placeholder={t("crm.sale.timeZoneOwn", { city: zoneCity(tenant.timeZone) })}
        data={timeZones(mapping.timeZone ?? tenant.timeZone)}
        value={mapping.timeZone ?? null}
        onChange={(timeZone) => set({ timeZone })}
        limit={MOST_ZONES}
        clearable
        searchable
      />
      <Checkbox
        label={t("crm.sale.shared")}
        description={t("crm.sale.sharedHint")}
        checked={mapping.numbers === "shared"}
        onChange={({ currentTarget }) =>
          set({ numbers: currentTarget.checked ? "shared" : "own" })
        }
      />
    </>
  );
}
