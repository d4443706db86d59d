import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState, type SyntheticEvent } from "react";

import type { ContactDetail } from "../../../api/model";
import { Panel } from "../../../components/Panel";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { useChangeContact } from "../queries";
import { useMayChange } from "../words";
import classes from "./Contact.module.css";
import { EditableField } from "./EditableField";
import { readValue, writeValue, type AttributeValue } from "./values";

/** What else is known, under names that a CRM or a person gave it. */
export function Attributes({ contact }: { contact: ContactDetail }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const mayChange = useMayChange();
  const change = useChangeContact(contact.id);
  const [adding, setAdding] = useState(false);
  const entries = Object.entries(contact.attributes);
  const set = (name: string, value: AttributeValue) =>
    change.mutateAsync({ attributes: { [name]: value } });

  if (entries.length === 0 && !mayChange) return null;
  return (
    <Panel
      title={t("contact.attributes")}
      actions={
        mayChange &&
        !adding && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {t("contact.addAttribute")}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {entries.length === 0 && !adding && (
          <Text size="sm" c="dimmed">
            {t("contact.noAttributes")}
          </Text>
        )}
        {entries.map(([name, value]) => (
          <div key={name} className={classes.attribute}>
            <EditableField
              label={name}
              value={writeValue(value)}
              shown={typeof value === "boolean" ? t(`contact.${value}`) : undefined}
              onSave={mayChange ? (text) => set(name, readValue(text, value)) : undefined}
            />
            {mayChange && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("contact.removeAttribute", { name })}
                onClick={() =>
                  change.mutate(
                    { attributes: { [name]: null } },
                    { onError: toasts.failed },
                  )
                }
              >
                <IconX size={15} aria-hidden="true" />
              </ActionIcon>
            )}
          </div>
        ))}
        {adding && (
          <NewAttribute
            onAdd={async (name, value) => {
              await set(name, value);
              setAdding(false);
            }}
            onCancel={() => setAdding(false)}
          />
        )}
      </Stack>
    </Panel>
  );
}

interface NewAttributeProps {
  onAdd: (name: string, value: string) => Promise<void>;
  onCancel: () => void;
}

function NewAttribute({ onAdd, onCancel }: NewAttributeProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const [name, setName] = useState("");
  const [value, setValue] = useState("");

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (name.trim() === "" || value.trim() === "") return;
    onAdd(name.trim(), value.trim()).catch(toasts.failed);
  }

  return (
    <form onSubmit={send}>
      <Stack gap="xs">
        <TextInput
          label={t("contact.attributeName")}
          value={name}
          maxLength={64}
          required
          autoFocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label={t("contact.attributeValue")}
          value={value}
          maxLength={1000}
          required
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <Group gap={6}>
          <Button type="submit" size="compact-sm">
            {t("action.save")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {t("action.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
