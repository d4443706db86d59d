import { Alert } from "@mantine/core";
import { IconMapPinOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Breakdown } from "../../api/model";
import { companyQuery } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";

/** Why no event has a country. */
export function CountryHint({ breakdown }: { breakdown: Breakdown }) {
  const { t } = useSpeech();
  const { by, rows } = breakdown;
  const unknown =
    by === "country" && rows.length > 0 && rows.every(({ value }) => value === "");
  const company = useQuery({ ...companyQuery(), enabled: unknown });
  if (!unknown || company.data === undefined) return null;
  return (
    <Alert
      variant="light"
      color="petrol"
      mx={{ base: "md", sm: "lg" }}
      mb="md"
      role="note"
      icon={<IconMapPinOff aria-hidden="true" />}
      title={t("breakdown.noCountries")}
    >
      {t(company.data.geoip ? "breakdown.noCountriesProxy" : "breakdown.noCountriesFile")}
    </Alert>
  );
}
