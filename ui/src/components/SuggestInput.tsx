import { Autocomplete, Group, Text, type AutocompleteProps } from "@mantine/core";
import { useState } from "react";

import { useSpeech } from "../lib/i18n";

export interface Suggestion {
  value: string;
  /** How often it occurs: said beside it. */
  count?: number;
}

interface SuggestInputProps extends Omit<
  AutocompleteProps,
  "data" | "value" | "onChange" | "onBlur" | "renderOption"
> {
  suggestions: readonly Suggestion[];
  value: string;
  /** What is typed becomes this first, for instance upper case. */
  tidied?: (text: string) => string;
  /** Told once a value is chosen or finished, not at each letter. */
  onValue: (value: string) => void;
}

/** A text to write freely, with what there is already to choose from. */
export function SuggestInput(props: SuggestInputProps) {
  // Made anew when another value comes from outside.
  return <Suggest key={props.value} {...props} />;
}

function Suggest({
  suggestions,
  value,
  tidied = (text) => text,
  onValue,
  ...props
}: SuggestInputProps) {
  const { number } = useSpeech();
  const [text, setText] = useState(value);
  const counts = new Map(suggestions.map((one) => [one.value, one.count]));

  function finish(next: string): void {
    const told = tidied(next);
    setText(told);
    if (told !== value) onValue(told);
  }

  return (
    <Autocomplete
      autoCapitalize="off"
      autoComplete="off"
      spellCheck={false}
      maxDropdownHeight={280}
      {...props}
      data={suggestions.map((one) => one.value)}
      // Whoever opens the list to choose another wants to see them all.
      filter={({ options, search }) =>
        options.filter(
          (one) =>
            search === value ||
            !("value" in one) ||
            one.value.toLowerCase().includes(search.trim().toLowerCase()),
        )
      }
      renderOption={({ option }) => (
        <Group justify="space-between" gap="md" wrap="nowrap" w="100%">
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {option.value}
          </Text>
          <Text size="xs" c="dimmed" className="number">
            {counts.get(option.value) !== undefined &&
              number(counts.get(option.value) ?? 0, { notation: "compact" })}
          </Text>
        </Group>
      )}
      value={text}
      onChange={setText}
      onOptionSubmit={finish}
      onBlur={() => finish(text)}
      onKeyDown={(event) => {
        props.onKeyDown?.(event);
        if (event.key === "Enter" && !event.defaultPrevented) finish(text);
      }}
    />
  );
}
