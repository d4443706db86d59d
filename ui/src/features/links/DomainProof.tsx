import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";

import type { LinkDomain } from "../../api/model";
import { useMe } from "../../api/queries";
import { Copied } from "../../components/Copied";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { useCheckDomain } from "./queries";

/** What is still to be done until a domain is the company's own. */
export function DomainProof({ domain }: { domain: LinkDomain }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const check = useCheckDomain();
  const [checked, setChecked] = useState(false);
  if (domain.why === "taken") {
    return (
      <Text size="sm" c="red" role="status">
        {t("adLinks.domainWhy.taken")}
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Text size="sm">{t("adLinks.domainSteps")}</Text>
      <Copied what={t("adLinks.domainRecord")} text={domain.record} />
      <Copied what={t("adLinks.domainValue")} text={domain.value} />
      <Text size="sm">
        {t("adLinks.domainThen", { domain: domain.domain, here: location.hostname })}
      </Text>
      <Group gap="sm">
        <Button
          size="compact-sm"
          variant="default"
          loading={check.isPending}
          onClick={() =>
            check.mutate(domain.domain, {
              onSuccess: () => setChecked(true),
              onError: toasts.failed,
            })
          }
        >
          {t("adLinks.domainCheck")}
        </Button>
        <Text size="sm" c={checked ? "red" : "dimmed"} role="status">
          {domain.why == null || domain.checkedAt == null
            ? t("adLinks.domainWaits")
            : `${t(`adLinks.domainWhy.${domain.why}`)} ${t("adLinks.domainChecked", {
                time: showMoment(locale, tenant.timeZone, domain.checkedAt),
              })}`}
        </Text>
      </Group>
    </Stack>
  );
}
