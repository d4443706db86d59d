import { Stack, Text, Textarea } from "@mantine/core";

import { CopyButton } from "./CopyButton";

interface OnceShownProps {
  label: string;
  text: string;
  copy: string;
  hint: string;
  rows?: number;
}

/** What the server tells once and never again, and a way to take it along. */
export function OnceShown({ label, text, copy, hint, rows = 3 }: OnceShownProps) {
  return (
    <Stack gap="sm" role="status">
      <Text size="sm">{hint}</Text>
      <Textarea
        label={label}
        value={text}
        readOnly
        rows={rows}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton text={text} label={copy} />
    </Stack>
  );
}
