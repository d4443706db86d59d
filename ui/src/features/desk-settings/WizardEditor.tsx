import { ActionIcon, Button, Group, Stack, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";

import type { WizardField, WizardStep } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./DeskSettings.module.css";
import { FieldEditor } from "./FieldEditor";

interface WizardEditorProps {
  steps: readonly WizardStep[];
  disabled: boolean;
  onSteps: (steps: WizardStep[]) => void;
}

function newId(): string {
  return crypto.randomUUID().slice(0, 8);
}

function emptyField(): WizardField {
  return { id: newId(), label: "", kind: "text", required: false, choices: [] };
}

/** A list without one of its items, with another in its place, or with two that change places. */
function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, index) => index !== at);
}

function placed<T>(list: readonly T[], at: number, item: T): T[] {
  return list.map((one, index) => (index === at ? item : one));
}

function moved<T>(list: readonly T[], at: number, by: 1 | -1): T[] {
  const next = [...list];
  const [item] = next.splice(at, 1);
  if (item !== undefined) next.splice(at + by, 0, item);
  return next;
}

/** The steps that advisors go through, and what each of them asks. */
export function WizardEditor({ steps, disabled, onSteps }: WizardEditorProps) {
  const { t } = useSpeech();
  return (
    <Stack gap="md">
      {steps.map((step, at) => (
        <fieldset key={step.id} className={classes.stepBox} disabled={disabled}>
          <legend className="visually-hidden">{step.title}</legend>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              flex={1}
              label={t("deskSettings.step", { number: String(at + 1) })}
              value={step.title}
              maxLength={80}
              onChange={({ currentTarget }) =>
                onSteps(placed(steps, at, { ...step, title: currentTarget.value }))
              }
            />
            <Moves
              name={step.title}
              first={at === 0}
              last={at === steps.length - 1}
              onMove={(by) => onSteps(moved(steps, at, by))}
              onDrop={() => onSteps(without(steps, at))}
            />
          </Group>
          <ul className={classes.fields}>
            {step.fields.map((field, place) => {
              const set = (fields: WizardField[]) =>
                onSteps(placed(steps, at, { ...step, fields }));
              return (
                <li key={field.id} className={classes.field}>
                  <FieldEditor
                    field={field}
                    onField={(next) => set(placed(step.fields, place, next))}
                    moves={
                      <Moves
                        name={field.label}
                        first={place === 0}
                        last={place === step.fields.length - 1}
                        onMove={(by) => set(moved(step.fields, place, by))}
                        onDrop={() => set(without(step.fields, place))}
                      />
                    }
                  />
                </li>
              );
            })}
          </ul>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() =>
              onSteps(
                placed(steps, at, { ...step, fields: [...step.fields, emptyField()] }),
              )
            }
          >
            {t("deskSettings.addField")}
          </Button>
        </fieldset>
      ))}
      {!disabled && (
        <Button
          variant="default"
          style={{ alignSelf: "flex-start" }}
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() =>
            onSteps([...steps, { id: newId(), title: "", fields: [emptyField()] }])
          }
        >
          {t("deskSettings.addStep")}
        </Button>
      )}
    </Stack>
  );
}

interface MovesProps {
  name: string;
  first: boolean;
  last: boolean;
  onMove: (by: 1 | -1) => void;
  onDrop: () => void;
}

function Moves({ name, first, last, onMove, onDrop }: MovesProps) {
  const { t } = useSpeech();
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={first}
        aria-label={t("deskSettings.up", { name })}
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={last}
        aria-label={t("deskSettings.down", { name })}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="red"
        aria-label={t("deskSettings.drop", { name })}
        onClick={onDrop}
      >
        <IconTrash size={16} aria-hidden="true" />
      </ActionIcon>
    </Group>
  );
}
