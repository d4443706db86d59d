import { Alert, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { ClienteImport } from "../../../api/model";
import { LinkText } from "../../../components/links";
import { Panel } from "../../../components/Panel";
import { Counts, HowFar } from "../../../components/sheets/HowFar";
import { Steps } from "../../../components/sheets/Steps";
import { useSpeech } from "../../../lib/i18n";
import { isOpen, keptQuery, problemsAddress, useCancel, useUndo } from "./queries";

const COUNTS = [
  "created",
  "updated",
  "reopened",
  "assigned",
  "skipped",
  "refused",
] as const;

interface ProgressProps {
  made: ClienteImport;
  onOther: () => void;
}

/** How far it is; and when it is done, what became of the rows. */
export function Progress({ made, onOther }: ProgressProps) {
  const { t } = useSpeech();
  const cancel = useCancel(made.id);
  const undo = useUndo(made.id);
  const over = !isOpen(made);
  const { became, state } = made;
  const did = became.created + became.updated;
  const undoable = (state === "done" || state === "cancelled") && did > 0;
  return (
    <Panel title={made.file} hint={t(`deskImport.state.${state}`)}>
      <Stack gap="md">
        <HowFar
          label={t("import.progress")}
          rows={made.rows}
          done={made.rowsDone}
          moving={!over}
        />
        <Counts
          of={COUNTS.map((name) => ({
            name: t(`deskImport.outcome.${name}`),
            count: became[name],
          }))}
        />
        {(state === "undone" || state === "undoing") && <Undone made={made} />}
        <Steps
          cancel={state === "running" ? cancel : undefined}
          undo={undoable ? undo : undefined}
          problems={over ? problemsAddress(made.id) : undefined}
          onOther={over ? onOther : undefined}
        />
      </Stack>
    </Panel>
  );
}

function Undone({ made }: { made: ClienteImport }) {
  const { t, number } = useSpeech();
  const kept = useQuery({ ...keptQuery(made.id), enabled: made.state === "undone" });
  const items = kept.data?.items ?? [];
  return (
    <Alert>
      <Text size="sm" role="status">
        {t("deskImport.taken", {
          gone: number(made.takenBack),
          kept: number(made.kept),
        })}
      </Text>
      {items.length > 0 && (
        <List size="sm" mt="xs" mah={240} style={{ overflowY: "auto" }}>
          {items.map(({ id, nombre, why }) => (
            <List.Item key={id}>
              <LinkText to="/desk" search={{ cliente: id }} size="sm">
                {nombre}
              </LinkText>
              {` · ${t(`deskImport.kept.${why}`)}`}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
