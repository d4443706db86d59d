import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { Answer } from "../../../components/Answer";
import { LinkButton } from "../../../components/links";
import { Beginning } from "../../../components/sheets/Beginning";
import {
  ImportPage,
  type ImportScreenProps,
} from "../../../components/sheets/ImportPage";
import { useSpeech } from "../../../lib/i18n";
import { Progress } from "./Progress";
import { importQuery, importsQuery, useUpload } from "./queries";
import { Terms } from "./Terms";

const BEFORE: readonly string[] = ["uploaded", "checking", "checked"];

/** A file of clientes: chosen, looked at, checked, imported, and what became of it. */
export function ImportScreen(props: ImportScreenProps) {
  const { t } = useSpeech();
  return (
    <ImportPage
      {...props}
      title={t("deskImport.title")}
      intro={t("deskImport.intro")}
      back={
        <LinkButton to="/desk" variant="default">
          {t("deskImport.back")}
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
      note={t("deskImport.nothingYet")}
      upload={useUpload()}
      items={useQuery(importsQuery()).data?.items ?? []}
      stateOf={({ state }) => t(`deskImport.state.${state}`)}
      onImport={onImport}
    />
  );
}

function One({ importId, onOther }: { importId: string; onOther: () => void }) {
  const query = useQuery(importQuery(importId));
  return (
    <Answer query={query} waiting={<Skeleton height={320} />} boxed>
      {(made) =>
        BEFORE.includes(made.state) ? (
          <Terms made={made} onOther={onOther} />
        ) : (
          <Progress made={made} onOther={onOther} />
        )
      }
    </Answer>
  );
}
