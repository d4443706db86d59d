import { Kbd, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState, type Ref } from "react";

/** How long somebody types before the search goes on. */
const PAUSE = 200;

interface SearchInputProps {
  label: string;
  placeholder: string;
  className: string | undefined;
  maxLength: number;
  value: string;
  onValue: (value: string | undefined) => void;
  ref: Ref<HTMLInputElement>;
}

/** Searches while somebody types. The screen leads here when `/` is pressed. */
export function SearchInput({ value, onValue, ...field }: SearchInputProps) {
  const [text, setText] = useState(value);
  const [was, setWas] = useState(value);
  const [sent, setSent] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // What comes from outside is taken over; the echo of what was typed is not.
  if (value !== was) {
    setWas(value);
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }

  function type(typed: string): void {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setSent(typed.trim());
      onValue(typed.trim() || undefined);
    }, PAUSE);
  }

  return (
    <TextInput
      {...field}
      type="search"
      aria-keyshortcuts="/"
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        <Kbd size="xs" aria-hidden="true" visibleFrom="sm">
          {"/"}
        </Kbd>
      }
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== "Escape") return;
        if (text === "") currentTarget.blur();
        else type("");
      }}
    />
  );
}
