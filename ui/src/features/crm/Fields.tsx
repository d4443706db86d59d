import { ActionIcon, Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";

import type { SourceMapping } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./Crm.module.css";
import { chosenName, FIELDS, pathOf, placed, type Chosen } from "./mapping";

interface FieldsProps {
  mapping: SourceMapping;
  onMapping: (mapping: SourceMapping) => void;
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
}

/** What a field is called. */
export function useFieldWords(): (chosen: Chosen) => string {
  const { t } = useSpeech();
  return (chosen) =>
    "field" in chosen ? t(`crm.field.${chosen.field}`) : chosen.attribute;
}

/** Each field with its place in the payload; one of them is chosen for the next click. */
export function Fields({ mapping, onMapping, chosen, onChosen }: FieldsProps) {
  const { t } = useSpeech();
  const [named, setNamed] = useState<string[]>(() =>
    Object.keys(mapping.attributes ?? {}),
  );
  const all: Chosen[] = [
    ...FIELDS.map((field) => ({ field })),
    ...named.map((attribute) => ({ attribute })),
  ];
  return (
    <Stack gap="xs" role="group" aria-label={t("crm.fields")}>
      {all.map((one) => (
        <Place
          key={JSON.stringify(one)}
          one={one}
          path={pathOf(mapping, one)}
          checked={JSON.stringify(one) === JSON.stringify(chosen)}
          onChoose={() => onChosen(one)}
          onPath={(path) => onMapping(placed(mapping, one, path))}
        />
      ))}
      <AddAttribute
        onAdd={(attribute) => {
          setNamed([...named.filter((one) => one !== attribute), attribute]);
          onChosen({ attribute });
        }}
      />
    </Stack>
  );
}

interface PlaceProps {
  one: Chosen;
  path: string;
  checked: boolean;
  onChoose: () => void;
  onPath: (path: string) => void;
}

function Place({ one, path, checked, onChoose, onPath }: PlaceProps) {
  const { t } = useSpeech();
  const field = useFieldWords()(one);
  return (
    <div className={classes.place}>
      <Radio
        name="crm-field"
        value={chosenName(one)}
        label={field}
        aria-label={t("crm.choose", { field })}
        checked={checked}
        onChange={onChoose}
      />
      <TextInput
        aria-label={t("crm.path", { field })}
        placeholder={t("crm.pathNone")}
        value={path}
        onFocus={onChoose}
        onChange={(event) => onPath(event.currentTarget.value)}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={path === ""}
        aria-label={t("crm.clear", { field })}
        onClick={() => onPath("")}
      >
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

function AddAttribute({ onAdd }: { onAdd: (name: string) => void }) {
  const { t } = useSpeech();
  const [name, setName] = useState("");
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        label={t("crm.attribute")}
        value={name}
        maxLength={64}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={name.trim() === ""}
        leftSection={<IconPlus size={16} aria-hidden="true" />}
        onClick={() => {
          onAdd(name.trim());
          setName("");
        }}
      >
        {t("crm.attributeAdd")}
      </Button>
    </Group>
  );
}
