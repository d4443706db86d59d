import { ActionIcon, Button, Group, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { useState, type SyntheticEvent } from "react";

import { useSpeech } from "../../../lib/i18n";
import type { DeskFilters } from "../filters";
import { useViews } from "./views";

interface ViewsMenuProps {
  filters: DeskFilters;
  onFilters: (filters: DeskFilters) => void;
}

/** Views that everybody needs, and one's own. */
export function ViewsMenu({ filters, onFilters }: ViewsMenuProps) {
  const { t } = useSpeech();
  const { views, save, drop } = useViews();
  const [naming, setNaming] = useState(false);
  const usual: readonly (readonly [string, DeskFilters])[] = [
    [t("desk.views.all"), {}],
    [t("desk.views.waiting"), { status: ["nuevo", "no_gestionado"] }],
    [t("desk.views.running"), { status: ["derivado", "en_gestion"] }],
  ];
  const view = filters.view;
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={16} aria-hidden="true" />}
          >
            {t("desk.views")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {usual.map(([name, kept]) => (
            <Menu.Item key={name} onClick={() => onFilters({ ...kept, view })}>
              {name}
            </Menu.Item>
          ))}
          {views.length > 0 && <Menu.Divider />}
          {views.map((one) => (
            <Menu.Item key={one.name} onClick={() => onFilters(one.filters)}>
              {one.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setNaming(true)}>{t("desk.views.manage")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming}
        onClose={() => setNaming(false)}
        title={t("desk.views.manage")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Stack gap="sm">
          <NameForm
            onName={(name) => {
              save(name, filters);
              setNaming(false);
            }}
          />
          {views.map((one) => (
            <Group key={one.name} justify="space-between" wrap="nowrap">
              <span>{one.name}</span>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t("desk.views.drop", { name: one.name })}
                onClick={() => drop(one.name)}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
      </Modal>
    </>
  );
}

function NameForm({ onName }: { onName: (name: string) => void }) {
  const { t } = useSpeech();
  const [name, setName] = useState("");

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (name.trim() !== "") onName(name.trim());
  }

  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          data-autofocus
          label={t("desk.views.name")}
          value={name}
          maxLength={60}
          flex={1}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" disabled={name.trim() === ""}>
          {t("action.save")}
        </Button>
      </Group>
    </form>
  );
}
