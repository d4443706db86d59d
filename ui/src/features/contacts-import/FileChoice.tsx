import { Alert, Button, FileInput, Stack, Text } from "@mantine/core";
import { IconFileTypeCsv } from "@tabler/icons-react";
import { useState } from "react";

import { useErrorText } from "../../components/errors";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { useUpload } from "./queries";

interface FileChoiceProps {
  onUploaded: (importId: string) => void;
}

export function FileChoice({ onUploaded }: FileChoiceProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const upload = useUpload();
  const [file, setFile] = useState<File | null>(null);
  return (
    <Panel title={t("import.file")} hint={t("import.fileHint")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== null) {
            upload.mutate(file, { onSuccess: ({ id }) => onUploaded(id) });
          }
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
          {upload.isError && (
            <Alert color="red" role="alert">
              {errorText(upload.error)} {upload.error.message}
            </Alert>
          )}
          <Button type="submit" disabled={file === null} loading={upload.isPending}>
            {t("import.upload")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("import.nothingYet")}
          </Text>
        </Stack>
      </form>
    </Panel>
  );
}
