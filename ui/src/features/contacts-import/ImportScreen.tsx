import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { Answer } from "../../components/Answer";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { EarlierFiles } from "../../components/sheets/EarlierFiles";
import { FileChoice } from "../../components/sheets/FileChoice";
import { useSpeech } from "../../lib/i18n";
import { Columns } from "./Columns";
import { Progress } from "./Progress";
import { importQuery, importsQuery, useUpload } from "./queries";

interface ImportScreenProps {
  importId: string | undefined;
  onImport: (importId: string | undefined) => void;
}

/** A file of contacts: chosen, looked at, imported, and what became of it. */
export function ImportScreen({ importId, onImport }: ImportScreenProps) {
  const { t } = useSpeech();
  return (
    <Page
      title={t("import.title")}
      intro={t("import.intro")}
      actions={
        <LinkButton to="/contacts" variant="default">
          {t("contact.all")}
        </LinkButton>
      }
    >
      {importId === undefined ? (
        <Beginning onImport={onImport} />
      ) : (
        <One key={importId} importId={importId} onImport={onImport} />
      )}
    </Page>
  );
}

function Beginning({ onImport }: Pick<ImportScreenProps, "onImport">) {
  const { t } = useSpeech();
  const { mutate, ...upload } = useUpload();
  const items = useQuery(importsQuery()).data?.items ?? [];
  return (
    <>
      <FileChoice
        note={t("import.nothingYet")}
        upload={{
          ...upload,
          mutate: (file) => mutate(file, { onSuccess: ({ id }) => onImport(id) }),
        }}
      />
      <EarlierFiles
        items={items}
        stateOf={({ state }) => t(`import.state.${state}`)}
        onOpen={onImport}
      />
    </>
  );
}

interface OneProps extends ImportScreenProps {
  importId: string;
}

function One({ importId, onImport }: OneProps) {
  const query = useQuery(importQuery(importId));
  return (
    <Answer query={query} waiting={<Skeleton height={320} />} boxed>
      {(made) =>
        made.state === "uploaded" ? (
          <Columns made={made} onOther={() => onImport(undefined)} />
        ) : (
          <Progress made={made} onOther={() => onImport(undefined)} />
        )
      }
    </Answer>
  );
}
