import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { DeskView } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";

/** How a view is called, and for whom it is. */
export interface Named {
  name: string;
  shared: boolean;
}

interface ViewDialogProps {
  opened: boolean;
  /** The one that is renamed; none: a new one. */
  view: DeskView | undefined;
  busy: boolean;
  onClose: () => void;
  onName: (named: Named) => void;
}

export function ViewDialog({ opened, onClose, view, ...form }: ViewDialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(view === undefined ? "desk.views.save" : "desk.views.rename")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && <Form view={view} {...form} />}
    </Modal>
  );
}

function Form({ view, busy, onName }: Pick<ViewDialogProps, "view" | "busy" | "onName">) {
  const { t } = useSpeech();
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (name.trim() !== "" && !busy) onName({ name: name.trim(), shared });
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={t("desk.views.name")}
          value={name}
          maxLength={60}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Checkbox
          label={t("desk.views.share")}
          description={t("desk.views.shareHint")}
          checked={shared}
          onChange={({ currentTarget }) => setShared(currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={name.trim() === ""} loading={busy}>
            {t("action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
