import { Alert, Stack } from "@mantine/core";

import type { ContactImport } from "../../api/model";
import { Panel } from "../../components/Panel";
import { Counts, HowFar } from "../../components/sheets/HowFar";
import { Steps } from "../../components/sheets/Steps";
import { useSpeech } from "../../lib/i18n";
import { isOpen, problemsAddress, useCancel, useUndo } from "./queries";

const COUNTS = ["created", "updated", "unchanged", "refused"] as const;

interface ProgressProps {
  made: ContactImport;
  onOther: () => void;
}

/** How far it is; and when it is done, what became of the rows. */
export function Progress({ made, onOther }: ProgressProps) {
  const { t, number } = useSpeech();
  const cancel = useCancel(made.id);
  const undo = useUndo(made.id);
  const over = !isOpen(made);
  const undoable =
    (made.state === "done" || made.state === "cancelled") && made.created > 0;
  return (
    <Panel title={made.file} hint={t(`import.state.${made.state}`)}>
      <Stack gap="md">
        <HowFar
          label={t("import.progress")}
          rows={made.rows}
          done={made.rowsDone}
          moving={!over}
        />
        <Counts
          of={COUNTS.map((name) => ({
            name: t(`import.outcome.${name}`),
            count: made[name],
          }))}
        />
        {(made.state === "undone" || made.state === "undoing") && (
          <Alert role="status">
            {t("import.taken", {
              gone: number(made.takenBack),
              kept: number(made.kept),
            })}
          </Alert>
        )}
        <Steps
          cancel={made.state === "running" ? cancel : undefined}
          undo={undoable ? undo : undefined}
          problems={over ? problemsAddress(made.id) : undefined}
          onOther={over ? onOther : undefined}
        />
      </Stack>
    </Panel>
  );
}
