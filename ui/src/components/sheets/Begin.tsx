import { Alert, Button, Group } from "@mantine/core";

import { useSpeech } from "../../lib/i18n";
import { useErrorText } from "../errors";

interface BeginProps {
  /** What begins; undefined while there is nothing to begin. */
  label: string | undefined;
  disabled: boolean;
  deed: { isPending: boolean; error: Error | null };
  onBegin: () => void;
  onOther: () => void;
}

/** The end of what is asked about a file: begin with it, or take another. */
export function Begin({ label, disabled, deed, onBegin, onOther }: BeginProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  return (
    <Group gap="sm">
      {label !== undefined && (
        <Button disabled={disabled} loading={deed.isPending} onClick={onBegin}>
          {label}
        </Button>
      )}
      <Button variant="default" onClick={onOther}>
        {t("import.other")}
      </Button>
      {deed.error !== null && (
        <Alert color="red" role="alert">
          {errorText(deed.error)}
        </Alert>
      )}
    </Group>
  );
}
