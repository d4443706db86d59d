import { ActionIcon, Anchor, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useEffect, useRef, useState, type SyntheticEvent } from "react";

import { useErrorText } from "../../../components/errors";
import { useSpeech } from "../../../lib/i18n";
import classes from "./Contact.module.css";

interface EditableFieldProps {
  label: string;
  value: string;
  /** How it is read, if not as it is written. */
  shown?: string | null | undefined;
  href?: string | undefined;
  type?: "text" | "email" | "tel";
  /** Absent for whoever may only read. */
  onSave: ((value: string) => Promise<unknown>) | undefined;
}

/** A value that is changed where it stands: Enter keeps it, Escape does not. */
export function EditableField({
  label,
  value,
  shown,
  href,
  type = "text",
  onSave,
}: EditableFieldProps) {
  const { t } = useSpeech();
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);

  useEffect(() => {
    if (wasEditing.current && !editing) pencil.current?.focus();
    wasEditing.current = editing;
  }, [editing]);

  if (editing && onSave !== undefined) {
    return (
      <Editor
        label={label}
        value={value}
        type={type}
        onSave={onSave}
        onClose={() => setEditing(false)}
      />
    );
  }
  const text = shown ?? value;
  return (
    <div className={classes.field}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div className={classes.fieldValue}>
        {text === "" && (
          <Text size="sm" c="dimmed">
            {t("contact.notKnown")}
          </Text>
        )}
        {text !== "" &&
          (href === undefined ? (
            <Text size="sm">{text}</Text>
          ) : (
            <Anchor size="sm" href={href}>
              {text}
            </Anchor>
          ))}
        {onSave !== undefined && (
          <ActionIcon
            ref={pencil}
            variant="subtle"
            color="gray"
            aria-label={t("contact.edit", { field: label })}
            onClick={() => setEditing(true)}
          >
            <IconPencil size={15} aria-hidden="true" />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}

interface EditorProps {
  label: string;
  value: string;
  type: "text" | "email" | "tel";
  onSave: (value: string) => Promise<unknown>;
  onClose: () => void;
}

function Editor({ label, value, type, onSave, onClose }: EditorProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const [text, setText] = useState(value);
  const [saving, setSaving] = useState(false);
  const [wrong, setWrong] = useState<string>();

  async function save(event: SyntheticEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (saving) return;
    if (text.trim() === value) {
      onClose();
      return;
    }
    setSaving(true);
    try {
      await onSave(text.trim());
      onClose();
    } catch (error) {
      setWrong(errorText(error));
      setSaving(false);
    }
  }

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Stack gap={6}>
        <TextInput
          label={label}
          size="sm"
          type={type}
          value={text}
          error={wrong}
          maxLength={254}
          autoComplete="off"
          autoFocus
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") onClose();
          }}
        />
        <Group gap={6}>
          <Button type="submit" size="compact-sm" loading={saving}>
            {t("action.save")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
