import { Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";

import type { FieldKind, WizardField } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import classes from "./DeskSettings.module.css";

const KINDS = [
  "text",
  "long",
  "number",
  "date",
  "choice",
  "choices",
  "yes_no",
  "phone",
  "email",
] as const satisfies readonly FieldKind[];

interface FieldEditorProps {
  field: WizardField;
  onField: (field: WizardField) => void;
  moves: ReactNode;
}

/** One question: what it says, how it is answered, and whether it has to be. */
export function FieldEditor({ field, onField, moves }: FieldEditorProps) {
  const { t } = useSpeech();
  const choosing = field.kind === "choice" || field.kind === "choices";
  return (
    <div className={classes.fieldGrid}>
      <TextInput
        label={t("deskSettings.question")}
        value={field.label}
        maxLength={120}
        onChange={({ currentTarget }) =>
          onField({ ...field, label: currentTarget.value })
        }
      />
      <Select
        label={t("deskSettings.kind")}
        data={KINDS.map((value) => ({ value, label: t(`deskSettings.kind.${value}`) }))}
        value={field.kind}
        allowDeselect={false}
        onChange={(kind) => onField({ ...field, kind: oneOf(KINDS, kind) ?? field.kind })}
      />
      <Checkbox
        className={classes.required}
        label={t("deskSettings.required")}
        checked={field.required}
        onChange={({ currentTarget }) =>
          onField({ ...field, required: currentTarget.checked })
        }
      />
      {moves}
      {choosing && (
        <TagsInput
          className={classes.choices}
          label={t("deskSettings.choices")}
          value={field.choices ?? []}
          acceptValueOnBlur
          onChange={(choices) => onField({ ...field, choices })}
        />
      )}
    </div>
  );
}
