import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { Answer } from "../../components/Answer";
import { LinkButton } from "../../components/links";
import { Beginning } from "../../components/sheets/Beginning";
import { ImportPage, type ImportScreenProps } from "../../components/sheets/ImportPage";
import { useSpeech } from "../../lib/i18n";
import { Columns } from "./Columns";
import { Progress } from "./Progress";
import { importQuery, importsQuery, useUpload } from "./queries";

/** A file of contacts: chosen, looked at, imported, and what became of it. */
export function ImportScreen(props: ImportScreenProps) {
  const { t } = useSpeech();
  return (
    <ImportPage
      {...props}
      title={t("import.title")}
      intro={t("import.intro")}
      back={
        <LinkButton to="/contacts" variant="default">
          {t("contact.all")}
        </LinkButton>
      }
      beginning={<New onImport={props.onImport} />}
      one={(importId, onOther) => <One importId={importId} onOther={onOther} />}
    />
  );
}

function New({ onImport }: Pick<ImportScreenProps, "onImport">) {
  const { t } = useSpeech();
  return (
    <Beginning
      note={t("import.nothingYet")}
      upload={useUpload()}
      items={useQuery(importsQuery()).data?.items ?? []}
      stateOf={({ state }) => t(`import.state.${state}`)}
      onImport={onImport}
    />
  );
}

function One({ importId, onOther }: { importId: string; onOther: () => void }) {
  const query = useQuery(importQuery(importId));
  return (
    <Answer query={query} waiting={<Skeleton height={320} />} boxed>
      {(made) =>
        made.state === "uploaded" ? (
          <Columns made={made} onOther={onOther} />
        ) : (
          <Progress made={made} onOther={onOther} />
        )
      }
    </Answer>
  );
}
