import { Anchor, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { Answer } from "../../components/Answer";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { Columns } from "./Columns";
import { FileChoice } from "./FileChoice";
import { Progress } from "./Progress";
import { importQuery, importsQuery } from "./queries";

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
        <>
          <FileChoice onUploaded={onImport} />
          <Earlier onImport={onImport} />
        </>
      ) : (
        <One key={importId} importId={importId} onImport={onImport} />
      )}
    </Page>
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

function Earlier({ onImport }: Pick<ImportScreenProps, "onImport">) {
  const { t } = useSpeech();
  const items = useQuery(importsQuery()).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t("import.earlier")}>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <Anchor component="button" type="button" onClick={() => onImport(one.id)}>
              {one.file}
            </Anchor>
            {` · ${t(`import.state.${one.state}`)} · ${t("import.rows", { count: one.rows })} · ${one.askedBy}`}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
