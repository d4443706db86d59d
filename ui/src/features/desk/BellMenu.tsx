import { ActionIcon, Popover, Stack, Switch, Text } from "@mantine/core";
import { IconBell, IconBellOff } from "@tabler/icons-react";

import { useSpeech } from "../../lib/i18n";
import type { Bells } from "./bells";

/** How one wants to be told of what happens while one looks elsewhere. */
export function BellMenu({ bells }: { bells: Bells }) {
  const { t } = useSpeech();
  const on = bells.sound || bells.notes;
  return (
    <Popover position="bottom-end" width={280} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t(on ? "desk.bells.on" : "desk.bells.off")}
        >
          {on ? (
            <IconBell size={18} aria-hidden="true" />
          ) : (
            <IconBellOff size={18} aria-hidden="true" />
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("desk.bells")}>
        <Stack gap="sm">
          <Switch
            label={t("desk.bells.sound")}
            checked={bells.sound}
            onChange={({ currentTarget }) => bells.setSound(currentTarget.checked)}
          />
          <Switch
            label={t("desk.bells.notes")}
            checked={bells.notes}
            onChange={({ currentTarget }) => bells.setNotes(currentTarget.checked)}
          />
          {bells.denied && (
            <Text size="xs" c="dimmed" role="status">
              {t("desk.bells.denied")}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
