import { Alert, Button, FileInput, Stack, Text } from "@mantine/core";
import { IconFileTypeCsv } from "@tabler/icons-react";
import { useState } from "react";

import { useSpeech } from "../../lib/i18n";
import { useErrorText } from "../errors";
import { Panel } from "../Panel";

interface FileChoiceProps {
  upload: {
    isPending: boolean;
    error: Error | null;
    mutate: (file: File) => void;
  };
  /** What does not happen yet. */
  note: string;
}

/** The beginning of every import: a file from somebody's spreadsheet. */
export function FileChoice({ upload, note }: FileChoiceProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const [file, setFile] = useState<File | null>(null);
  return (
    <Panel title={t("import.file")} hint={t("import.fileHint")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== null) upload.mutate(file);
        }}
      >
        <Stack gap="md" align="flex-start">
          <FileInput
            styles={{ placeholder: { color: "var(--mantine-color-dimmed)" } }}
            w="100%"
            maw={480}
            label={t("import.choose")}
            placeholder={t("import.none")}
            accept=".csv,.tsv,.txt,text/csv"
            leftSection={<IconFileTypeCsv size={16} aria-hidden="true" />}
            value={file}
            onChange={setFile}
          />
          {upload.error !== null && (
            <Alert color="red" role="alert">
              {errorText(upload.error)} {upload.error.message}
            </Alert>
          )}
          <Button type="submit" disabled={file === null} loading={upload.isPending}>
            {t("import.upload")}
          </Button>
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        </Stack>
      </form>
    </Panel>
  );
}
