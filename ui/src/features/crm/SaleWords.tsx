import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState, type SyntheticEvent } from "react";

import type { SaleMapping } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./Crm.module.css";

const STATES = [
  "pending",
  "paid",
  "canceled",
  "refused",
  "refunded",
  "charged_back",
] as const;
type Words = NonNullable<SaleMapping["statuses"]>;
type State = Words[string];

interface SaleWordsProps {
  words: Words;
  onWords: (words: Words) => void;
  /** What the payload says, if nobody knows what it means. */
  unknown: string | undefined;
}

/** The shop's own words for states, and what each of them means. */
export function SaleWords({ words, onWords, unknown }: SaleWordsProps) {
  const { t } = useSpeech();
  return (
    <Stack gap="xs" role="group" aria-label={t("crm.sale.words")}>
      <Text size="sm" fw={560}>
        {t("crm.sale.words")}
      </Text>
      <Text size="xs" c="dimmed">
        {t("crm.sale.wordsHint")}
      </Text>
      {Object.entries(words).map(([word, state]) => (
        <div key={word} className={classes.word}>
          <Text size="sm">{word}</Text>
          <Meaning
            label={t("crm.sale.means", { word })}
            state={state}
            onState={(next) => onWords({ ...words, [word]: next })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("crm.clear", { field: word })}
            onClick={() => onWords(without(words, word))}
          >
            <IconX size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <AddWord
        key={unknown}
        suggested={unknown ?? ""}
        onAdd={(word, state) => onWords({ ...words, [word]: state })}
      />
    </Stack>
  );
}

interface AddWordProps {
  suggested: string;
  onAdd: (word: string, state: State) => void;
}

function AddWord({ suggested, onAdd }: AddWordProps) {
  const { t } = useSpeech();
  const [word, setWord] = useState(suggested);
  const [state, setState] = useState<State>("paid");

  function add(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (word.trim() === "") return;
    onAdd(word.trim(), state);
    setWord("");
  }

  return (
    <form onSubmit={add}>
      <Group gap="xs" align="flex-end">
        <TextInput
          size="sm"
          label={t("crm.sale.word")}
          value={word}
          maxLength={60}
          onChange={({ currentTarget }) => setWord(currentTarget.value)}
          autoComplete="off"
        />
        <Meaning label={t("crm.sale.meansNew")} state={state} onState={setState} shown />
        <Button
          type="submit"
          size="sm"
          variant="default"
          disabled={word.trim() === ""}
          leftSection={<IconPlus size={16} aria-hidden="true" />}
        >
          {t("crm.sale.wordAdd")}
        </Button>
      </Group>
    </form>
  );
}

interface MeaningProps {
  label: string;
  state: State;
  onState: (state: State) => void;
  /** Whether its label stands above it, and is not for those alone who hear it. */
  shown?: boolean;
}

function Meaning({ label, state, onState, shown = false }: MeaningProps) {
  const { t } = useSpeech();
  return (
    <Select
      size="sm"
      {...(shown ? { label } : { "aria-label": label })}
      data={STATES.map((value) => ({ value, label: t(`sales.status.${value}`) }))}
      value={state}
      onChange={(next) => onState(STATES.find((one) => one === next) ?? state)}
      allowDeselect={false}
    />
  );
}

function without(words: Words, word: string): Words {
  return Object.fromEntries(Object.entries(words).filter(([one]) => one !== word));
}
