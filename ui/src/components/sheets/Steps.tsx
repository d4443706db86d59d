import { Alert, Button, Group } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";

import { useSpeech } from "../../lib/i18n";
import { useErrorText } from "../errors";

interface Step {
  isPending: boolean;
  error: Error | null;
  mutate: (given: undefined) => void;
}

interface StepsProps {
  /** What can be done now; undefined: it cannot. */
  cancel: Step | undefined;
  undo: Step | undefined;
  /** Where the rows with problems are, once all are done. */
  problems: string | undefined;
  onOther: (() => void) | undefined;
}

/** What somebody may do with an import that was started. */
export function Steps({ cancel, undo, problems, onOther }: StepsProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const failed = cancel?.error ?? undo?.error;
  return (
    <>
      {failed && (
        <Alert color="red" role="alert">
          {errorText(failed)}
        </Alert>
      )}
      <Group gap="sm">
        {cancel && (
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined)}
          >
            {t("import.cancel")}
          </Button>
        )}
        {problems !== undefined && (
          <Button
            component="a"
            variant="default"
            href={problems}
            download
            leftSection={<IconDownload size={16} aria-hidden="true" />}
          >
            {t("import.problems")}
          </Button>
        )}
        {undo && (
          <Button
            variant="light"
            color="red"
            loading={undo.isPending}
            onClick={() => undo.mutate(undefined)}
          >
            {t("import.undo")}
          </Button>
        )}
        {onOther && (
          <Button variant="default" onClick={onOther}>
            {t("import.other")}
          </Button>
        )}
      </Group>
    </>
  );
}
