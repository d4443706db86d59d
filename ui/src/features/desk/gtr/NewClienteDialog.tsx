import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import { useErrorText } from "../../../components/errors";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { useAddCliente } from "../queries";
import { KnownClientes } from "./KnownClientes";

interface NewClienteDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Somebody who is there already. */
  onOpen: (cliente: number) => void;
}

/** Somebody who called, walked in or was named by a friend. */
export function NewClienteDialog({ opened, onClose, onOpen }: NewClienteDialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("desk.new")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && <Form onClose={onClose} onOpen={onOpen} />}
    </Modal>
  );
}

const EMPTY = { nombre: "", telefono: "", email: "", campaign: "", notas: "" };
type Name = keyof typeof EMPTY;

function Form({ onClose, onOpen }: Omit<NewClienteDialogProps, "opened">) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const errorText = useErrorText();
  const add = useAddCliente();
  const [fields, setFields] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const nameless = fields.nombre.trim() === "";

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (nameless || add.isPending) return;
    const { nombre, ...texts } = fields;
    const given = Object.entries(texts).filter(([, text]) => text.trim() !== "");
    add.mutate(
      {
        nombre: nombre.trim(),
        source: "manual",
        ...Object.fromEntries(given.map(([name, text]) => [name, text.trim()])),
      },
      {
        onSuccess: () => {
          toasts.say(t("desk.added"));
          onClose();
        },
      },
    );
  }

  const field = (name: Name, label: string) => ({
    label,
    value: fields[name],
    autoComplete: "off",
    maxLength: name === "notas" ? 5_000 : 200,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setFields({ ...fields, [name]: value }),
  });

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {add.isError && (
          <Alert color="red" variant="light" role="alert">
            {errorText(add.error)}
          </Alert>
        )}
        <TextInput
          {...field("nombre", t("desk.field.nombre"))}
          data-autofocus
          error={tried && nameless && t("desk.nameless")}
        />
        <TextInput {...field("telefono", t("desk.field.telefono"))} type="tel" />
        <TextInput
          {...field("email", t("desk.field.email"))}
          type="email"
          autoCapitalize="none"
        />
        <KnownClientes telefono={fields.telefono} email={fields.email} onOpen={onOpen} />
        <TextInput {...field("campaign", t("desk.column.campaign"))} />
        <Textarea {...field("notas", t("desk.field.notas"))} autosize minRows={2} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("desk.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
