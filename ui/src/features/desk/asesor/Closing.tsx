import { Chip, Group, Input, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useId } from "react";

import type { Answer, Answers } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import { NEXT_ACTION, NEXT_AT, NOTES, OUTCOME, textOf } from "./closing";

interface ClosingProps {
  outcomes: readonly string[];
  answers: Answers;
  onValue: (name: string, value: Answer) => void;
}

/** How it went, and what comes next. */
export function Closing({ outcomes, answers, onValue }: ClosingProps) {
  const { t } = useSpeech();
  const label = useId();
  const field = (name: string) => ({
    value: textOf(answers, name),
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      onValue(name, value),
  });
  return (
    <>
      {outcomes.length > 0 && (
        <div role="group" aria-labelledby={label}>
          <Input.Label component="span" id={label}>
            {t("desk.outcome")}
          </Input.Label>
          <Chip.Group
            value={textOf(answers, OUTCOME)}
            onChange={(outcome) => onValue(OUTCOME, outcome)}
          >
            <Group gap="xs" mt={4}>
              {outcomes.map((outcome) => (
                <Chip key={outcome} value={outcome} variant="light">
                  {outcome}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t("desk.nextAction")} maxLength={200} {...field(NEXT_ACTION)} />
        <TextInput label={t("desk.nextAt")} type="datetime-local" {...field(NEXT_AT)} />
      </SimpleGrid>
      <Textarea
        label={t("desk.field.notas")}
        autosize
        minRows={2}
        maxLength={5_000}
        {...field(NOTES)}
      />
    </>
  );
}
