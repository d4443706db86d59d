import {
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
  useMantineColorScheme,
  type MantineColorScheme,
} from "@mantine/core";
import { useState, type ReactNode, type SyntheticEvent } from "react";

import type { Tenant } from "../../api/model";
import { useMe } from "../../api/queries";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { useToasts } from "../../components/toasts";
import { LANGUAGE_NAMES, LANGUAGES, useSpeech } from "../../lib/i18n";
import { showTime, timeZones } from "../../lib/time";
import { Addresses } from "./Addresses";
import { useUpdateTenant } from "./queries";
import { ZoneOffer } from "./ZoneOffer";

export function General() {
  const { t } = useSpeech();
  const { tenant, user } = useMe();
  return (
    <Page title={t("general.title")} intro={t("general.intro")}>
      <ZoneOffer />
      <Panel title={t("general.tenant")} hint={t("general.tenantHint")}>
        <TenantForm
          // The offer above may have changed the zone.
          key={tenant.timeZone}
          tenant={tenant}
          mayChange={user.role === "admin"}
        />
      </Panel>
      <Panel title={t("general.addresses")} hint={t("general.addressesHint")}>
        <Addresses tenant={tenant} mayChange={user.role === "admin"} />
      </Panel>
      <Panel title={t("general.preferences")} hint={t("general.preferencesHint")}>
        <Preferences />
      </Panel>
    </Page>
  );
}

function TenantForm({ tenant, mayChange }: { tenant: Tenant; mayChange: boolean }) {
  const { t, locale } = useSpeech();
  const toasts = useToasts();
  const update = useUpdateTenant();
  const [name, setName] = useState(tenant.name);
  const [timeZone, setTimeZone] = useState(tenant.timeZone);
  const unchanged = name.trim() === tenant.name && timeZone === tenant.timeZone;
  const nameless = name.trim() === "";

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (unchanged || nameless || update.isPending) return;
    update.mutate(
      { name: name.trim(), timeZone },
      { onSuccess: toasts.saved, onError: toasts.failed },
    );
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={440}>
        <TextInput
          label={t("general.name")}
          value={name}
          maxLength={200}
          disabled={!mayChange}
          onChange={(event) => setName(event.currentTarget.value)}
          error={nameless && t("general.nameMissing")}
        />
        <Select
          label={t("general.zone")}
          description={t("general.zoneHint")}
          data={timeZones(tenant.timeZone)}
          value={timeZone}
          onChange={(zone) => setTimeZone(zone ?? tenant.timeZone)}
          disabled={!mayChange}
          allowDeselect={false}
          searchable
          limit={60}
          nothingFoundMessage={t("general.zoneNone")}
          inputWrapperOrder={["label", "description", "input", "error"]}
        />
        <Text size="sm" c="dimmed" mt={-8}>
          {t("general.zoneNow", {
            time: showTime(locale, timeZone, new Date().toISOString()),
          })}
        </Text>
        {mayChange ? (
          <Group>
            <Button
              type="submit"
              loading={update.isPending}
              disabled={unchanged || nameless}
            >
              {t("action.save")}
            </Button>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t("role.readOnly")}
          </Text>
        )}
      </Stack>
    </form>
  );
}

const THEMES: readonly MantineColorScheme[] = ["light", "dark", "auto"];

function Preferences() {
  const { t, language, setLanguage } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap="md" maw={440}>
      <Choice label={t("user.language")}>
        <SegmentedControl
          fullWidth
          aria-label={t("user.language")}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={setLanguage}
        />
      </Choice>
      <Choice label={t("user.theme")}>
        <SegmentedControl
          fullWidth
          aria-label={t("user.theme")}
          data={THEMES.map((value) => ({ value, label: t(`user.theme.${value}`) }))}
          value={colorScheme}
          onChange={setColorScheme}
        />
      </Choice>
    </Stack>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={500} mb={4} aria-hidden="true">
        {label}
      </Text>
      {children}
    </div>
  );
}
