import { Button, Group, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";

import type { WizardField, WizardStep } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./DeskSettings.module.css";
import { FieldEditor } from "./FieldEditor";
import { moved, placed, without } from "./lists";
import { Moves } from "./Moves";

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
