import {
  Alert,
  Button,
  Group,
  Modal,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { MadeContact } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useAddContact } from "./queries";
import { useContactName } from "./words";

interface AddContactProps {
  opened: boolean;
  onClose: () => void;
  onOpen: (contactId: string) => void;
}

/** Adds a contact by hand, or finds the one that is known by this already. */
export function AddContact({ opened, onClose, onOpen }: AddContactProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("contacts.addTitle")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && <Steps onClose={onClose} onOpen={onOpen} />}
    </Modal>
  );
}

function Steps({ onClose, onOpen }: Omit<AddContactProps, "opened">) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const [made, setMade] = useState<MadeContact>();

  function done(contact: MadeContact): void {
    if (!contact.created || contact.ignored.length > 0) {
      setMade(contact);
      return;
    }
    toasts.say(t("contacts.added"));
    onOpen(contact.id);
  }

  if (made === undefined) return <Form onClose={onClose} onMade={done} />;
  return <Told made={made} onClose={onClose} onOpen={() => onOpen(made.id)} />;
}

interface FormProps {
  onMade: (made: MadeContact) => void;
  onClose: () => void;
}

const EMPTY = { name: "", email: "", phone: "", crmId: "", tags: [] as string[] };

function Form({ onMade, onClose }: FormProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const add = useAddContact();
  const [fields, setFields] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const known = [fields.email, fields.phone, fields.crmId].some((one) => one.trim());

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (!known || add.isPending) return;
    const { tags, ...texts } = fields;
    const given = Object.entries(texts).filter(([, text]) => text.trim() !== "");
    const wanted = Object.fromEntries(given.map(([name, text]) => [name, text.trim()]));
    add.mutate({ ...wanted, tags, source: "person" }, { onSuccess: onMade });
  }

  const field = (name: "name" | "email" | "phone" | "crmId") => ({
    label: t(`contacts.column.${name}`),
    value: fields[name],
    maxLength: 254,
    autoComplete: "off",
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
        {tried && !known && (
          <Alert color="red" variant="light" role="alert">
            {t("contacts.knownBy")}
          </Alert>
        )}
        <TextInput {...field("name")} data-autofocus />
        <TextInput {...field("email")} type="email" autoCapitalize="none" />
        <TextInput
          {...field("phone")}
          type="tel"
          description={t("contacts.phoneHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
        />
        <TextInput {...field("crmId")} spellCheck={false} />
        <TagsInput
          label={t("contacts.column.tags")}
          description={t("contacts.tagsHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={fields.tags}
          acceptValueOnBlur
          onChange={(tags) => setFields({ ...fields, tags })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("contacts.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ToldProps {
  made: MadeContact;
  onClose: () => void;
  onOpen: () => void;
}

/** What came of it, where that is not simply a new contact. */
function Told({ made, onClose, onOpen }: ToldProps) {
  const { t } = useSpeech();
  const name = useContactName()(made);
  return (
    <Stack gap="md" role="status">
      <Text size="sm">
        {made.created ? t("contacts.added") : t("contacts.knownAlready", { name })}
      </Text>
      {made.ignored.map(({ kind, why }) => (
        <Alert
          key={kind}
          color="orange"
          variant="light"
          title={t(`contacts.has.${kind}`)}
        >
          {t(`contacts.ignored.${why}`)}
        </Alert>
      ))}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("action.close")}
        </Button>
        <Button onClick={onOpen} data-autofocus>
          {t("contacts.openOne")}
        </Button>
      </Group>
    </Stack>
  );
}
