import {
  ActionIcon,
  Menu,
  useMantineColorScheme,
  type MantineColorScheme,
} from "@mantine/core";
import { IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from "@tabler/icons-react";

import { LANGUAGE_NAMES, LANGUAGES, useSpeech } from "../lib/i18n";

const THEMES: readonly MantineColorScheme[] = ["light", "dark", "auto"];
const ICONS = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

export function LanguageItems() {
  const { t, language, setLanguage } = useSpeech();
  return (
    <>
      <Menu.Label>{t("user.language")}</Menu.Label>
      <Menu.RadioGroup
        value={language}
        onChange={(chosen) => {
          const known = LANGUAGES.find((one) => one === chosen);
          if (known !== undefined) setLanguage(known);
        }}
      >
        {LANGUAGES.map((one) => (
          <Menu.RadioItem key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

export function ThemeItems() {
  const { t } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t("user.theme")}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(chosen) => {
          const known = THEMES.find((one) => one === chosen);
          if (known !== undefined) setColorScheme(known);
        }}
      >
        {THEMES.map((one) => {
          const Icon = ICONS[one];
          return (
            <Menu.RadioItem
              key={one}
              value={one}
              rightSection={<Icon size={16} aria-hidden="true" />}
            >
              {t(`user.theme.${one}`)}
            </Menu.RadioItem>
          );
        })}
      </Menu.RadioGroup>
    </>
  );
}

/** Language and theme for somebody who is not signed in. */
export function Preferences() {
  const { t } = useSpeech();
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t("user.menu")}>
          <IconLanguage size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
        <Menu.Divider />
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}
