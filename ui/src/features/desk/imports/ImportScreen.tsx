import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { Answer } from "../../../components/Answer";
import { LinkButton } from "../../../components/links";
import { Page } from "../../../components/Page";
import { EarlierFiles } from "../../../components/sheets/EarlierFiles";
import { FileChoice } from "../../../components/sheets/FileChoice";
import { useSpeech } from "../../../lib/i18n";
import { Progress } from "./Progress";
import { importQuery, importsQuery, useUpload } from "./queries";
import { Terms } from "./Terms";

interface ImportScreenProps {
  importId: string | undefined;
  onImport: (importId: string | undefined) => void;
}

/** A file of clientes: chosen, looked at, checked, imported, and what became of it. */
export function ImportScreen({ importId, onImport }: ImportScreenProps) {
  const { t } = useSpeech();
  return (
    <Page
      title={t("deskImport.title")}
      intro={t("deskImport.intro")}
      actions={
        <LinkButton to="/desk" variant="default">
          {t("deskImport.back")}
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
        note={t("deskImport.nothingYet")}
        upload={{
          ...upload,
          mutate: (file) => mutate(file, { onSuccess: ({ id }) => onImport(id) }),
        }}
      />
      <EarlierFiles
        items={items}
        stateOf={({ state }) => t(`deskImport.state.${state}`)}
        onOpen={onImport}
      />
    </>
  );
}

interface OneProps extends ImportScreenProps {
  importId: string;
}

const BEFORE: readonly string[] = ["uploaded", "checking", "checked"];

function One({ importId, onImport }: OneProps) {
  const query = useQuery(importQuery(importId));
  const other = () => onImport(undefined);
  return (
    <Answer query={query} waiting={<Skeleton height={320} />} boxed>
      {(made) =>
        BEFORE.includes(made.state) ? (
          <Terms made={made} onOther={other} />
        ) : (
          <Progress made={made} onOther={other} />
        )
      }
    </Answer>
  );
}
