import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";

import { useSpeech } from "../../lib/i18n";
import { COLUMNS, type Column } from "./columns";

interface ColumnChooserProps {
  columns: readonly Column[];
  onColumns: (columns: readonly string[]) => void;
}

/** Which columns there are; this browser keeps it. */
export function ColumnChooser({ columns, onColumns }: ColumnChooserProps) {
  const { t } = useSpeech();
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconColumns3 size={16} aria-hidden="true" />}
        >
          {t("contacts.columns")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("contacts.columns")}>
        <Checkbox.Group
          value={[...columns]}
          onChange={onColumns}
          aria-label={t("contacts.columns")}
        >
          <Stack gap="xs">
            {COLUMNS.map((column) => (
              <Checkbox
                key={column}
                value={column}
                label={t(`contacts.column.${column}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
