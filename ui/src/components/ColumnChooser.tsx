import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";

interface ColumnChooserProps {
  /** What the button and the choice are called. */
  label: string;
  choices: readonly { value: string; label: string }[];
  columns: readonly string[];
  onColumns: (columns: readonly string[]) => void;
  compact?: boolean;
}

/** Which columns a table has. */
export function ColumnChooser({
  label,
  choices,
  columns,
  onColumns,
  compact = false,
}: ColumnChooserProps) {
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant={compact ? "subtle" : "default"}
          size={compact ? "compact-sm" : "sm"}
          leftSection={<IconColumns3 size={compact ? 14 : 16} aria-hidden="true" />}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Checkbox.Group value={[...columns]} onChange={onColumns} aria-label={label}>
          <Stack gap="xs">
            {choices.map((choice) => (
              <Checkbox key={choice.value} {...choice} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
