import { Alert, Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { NewWebhookSource } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { useSpeech } from "../../lib/i18n";
import { useMakeSource } from "./queries";

const KINDS = [
  "ghl",
  "generic",
  "sale",
] as const satisfies readonly NewWebhookSource["kind"][];

interface AddSourceProps {
  opened: boolean;
  onClose: () => void;
  onMade: (sourceId: string) => void;
}

/** A kind and a name; the source's own page says the rest. */
export function AddSource({ opened, onClose, onMade }: AddSourceProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("crm.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && <Form onClose={onClose} onMade={onMade} />}
    </Modal>
  );
}

function Form({ onClose, onMade }: Omit<AddSourceProps, "opened">) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const make = useMakeSource();
  const [kind, setKind] = useState<string>("ghl");
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const nameless = name.trim() === "";

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    const chosen = KINDS.find((one) => one === kind);
    if (nameless || chosen === undefined || make.isPending) return;
    make.mutate(
      { kind: chosen, name: name.trim() },
      { onSuccess: ({ id }) => onMade(id) },
    );
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {make.isError && (
          <Alert color="red" variant="light" role="alert">
            {errorText(make.error)}
          </Alert>
        )}
        <Radio.Group label={t("crm.kind")} value={kind} onChange={setKind}>
          <Stack gap="xs" mt={6}>
            {KINDS.map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`crm.kind.${one}`)}
                description={t(`crm.kindHint.${one}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t("crm.name")}
          description={t("crm.nameHint")}
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && nameless && t("crm.nameMissing")}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("crm.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
