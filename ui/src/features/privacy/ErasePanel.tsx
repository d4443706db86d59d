import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useMe } from "../../api/queries";
import { useErrorText } from "../../components/errors";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { contactErasuresQuery, exportAddress, useEraseContact } from "./queries";

interface ErasePanelProps {
  contactId: string;
  /** There is nothing left of it but that it is being erased. */
  isGone?: boolean;
}

/** A person's rights: all that is held of them, as a file, or gone for good. */
export function ErasePanel(props: ErasePanelProps) {
  return useMe().user.role === "admin" ? <Shown {...props} /> : null;
}

function Shown({ contactId, isGone = false }: ErasePanelProps) {
  const { t } = useSpeech();
  const [asking, setAsking] = useState(false);
  const erasures = useQuery(contactErasuresQuery()).data?.items ?? [];
  const own = erasures.find((one) => one.contactId === contactId);
  if (isGone && own === undefined) return null;
  return (
    <Panel title={t("privacy.title")} hint={t("privacy.hint")}>
      {own === undefined ? (
        <Group gap="sm">
          <Button
            component="a"
            href={exportAddress(contactId)}
            download={`${contactId}.json`}
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden="true" />}
          >
            {t("privacy.export")}
          </Button>
          <Button
            color="red"
            variant="light"
            leftSection={<IconTrash size={16} aria-hidden="true" />}
            onClick={() => setAsking(true)}
          >
            {t("privacy.erase")}
          </Button>
        </Group>
      ) : (
        <Alert color={own.state === "failed" ? "red" : "yellow"} role="status">
          {t(own.state === "failed" ? "privacy.failed" : "privacy.underWay")}
        </Alert>
      )}
      <Confirm contactId={contactId} opened={asking} onClose={() => setAsking(false)} />
    </Panel>
  );
}

interface ConfirmProps extends ErasePanelProps {
  opened: boolean;
  onClose: () => void;
}

function Confirm({ contactId, opened, onClose }: ConfirmProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const erase = useEraseContact();
  const [typed, setTyped] = useState("");
  const word = t("privacy.word");
  function close(): void {
    setTyped("");
    erase.reset();
    onClose();
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("privacy.confirmTitle")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === word) erase.mutate(contactId, { onSuccess: close });
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t("privacy.confirmText")}</Text>
          <TextInput
            data-autofocus
            label={t("privacy.type", { word })}
            value={typed}
            autoComplete="off"
            error={erase.isError && errorText(erase.error)}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {t("action.cancel")}
            </Button>
            <Button
              type="submit"
              color="red"
              disabled={typed.trim() !== word}
              loading={erase.isPending}
            >
              {t("privacy.eraseNow")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
