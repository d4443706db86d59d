import {
  ActionIcon,
  Menu,
  useMantineColorScheme,
  type MantineColorScheme,
} from "@mantine/core";
import {
  IconCheck,
  IconDeviceDesktop,
  IconLanguage,
  IconMoon,
  IconSun,
} from "@tabler/icons-react";

import { LANGUAGE_NAMES, LANGUAGES, useSpeech } from "../lib/i18n";

const THEMES: readonly MantineColorScheme[] = ["light", "dark", "auto"];
const ICONS = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

export function LanguageItems() {
  const { t, language, setLanguage } = useSpeech();
  return (
    <>
      <Menu.Label>{t("user.language")}</Menu.Label>
      {LANGUAGES.map((one) => (
        <Menu.Item
          key={one}
          lang={one}
          role="menuitemradio"
          aria-checked={one === language}
          onClick={() => setLanguage(one)}
          rightSection={one === language && <IconCheck size={14} aria-hidden="true" />}
        >
          {LANGUAGE_NAMES[one]}
        </Menu.Item>
      ))}
    </>
  );
}

export function ThemeItems() {
  const { t } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t("user.theme")}</Menu.Label>
      {THEMES.map((one) => {
        const Icon = ICONS[one];
        return (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === colorScheme}
            leftSection={<Icon size={16} aria-hidden="true" />}
            rightSection={
              one === colorScheme && <IconCheck size={14} aria-hidden="true" />
            }
            onClick={() => setColorScheme(one)}
          >
            {t(`user.theme.${one}`)}
          </Menu.Item>
        );
      })}
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
