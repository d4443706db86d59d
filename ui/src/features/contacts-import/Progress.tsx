import { Alert, Button, Group, Progress as Bar, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";

import type { ContactImport } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import classes from "./Import.module.css";
import { isOpen, problemsAddress, useCancel, useUndo } from "./queries";

const COUNTS = ["created", "updated", "unchanged", "refused"] as const;

interface ProgressProps {
  made: ContactImport;
  onOther: () => void;
}

/** How far it is; and when it is done, what became of the rows. */
export function Progress({ made, onOther }: ProgressProps) {
  const { t, number } = useSpeech();
  const errorText = useErrorText();
  const cancel = useCancel(made.id);
  const undo = useUndo(made.id);
  const done = made.rows === 0 ? 100 : (made.rowsDone / made.rows) * 100;
  const failed = cancel.error ?? undo.error;
  return (
    <Panel title={made.file} hint={t(`import.state.${made.state}`)}>
      <Stack gap="md">
        <Bar
          value={done}
          animated={isOpen(made)}
          aria-label={t("import.progress")}
          size="lg"
        />
        <Text size="sm" c="dimmed" role="status">
          {t("import.done", {
            done: number(made.rowsDone),
            rows: number(made.rows),
          })}
        </Text>
        <dl className={classes.counts}>
          {COUNTS.map((name) => (
            <div key={name}>
              <dt>{t(`import.outcome.${name}`)}</dt>
              <dd>{number(made[name])}</dd>
            </div>
          ))}
        </dl>
        {(made.state === "undone" || made.state === "undoing") && (
          <Alert role="status">
            {t("import.taken", {
              gone: number(made.takenBack),
              kept: number(made.kept),
            })}
          </Alert>
        )}
        {failed !== null && (
          <Alert color="red" role="alert">
            {errorText(failed)}
          </Alert>
        )}
        <Group gap="sm">
          {made.state === "running" && (
            <Button
              variant="default"
              loading={cancel.isPending}
              onClick={() => cancel.mutate(undefined)}
            >
              {t("import.cancel")}
            </Button>
          )}
          {!isOpen(made) && (
            <Button
              component="a"
              variant="default"
              href={problemsAddress(made.id)}
              download
              leftSection={<IconDownload size={16} aria-hidden="true" />}
            >
              {t("import.problems")}
            </Button>
          )}
          {(made.state === "done" || made.state === "cancelled") && made.created > 0 && (
            <Button
              variant="light"
              color="red"
              loading={undo.isPending}
              onClick={() => undo.mutate(undefined)}
            >
              {t("import.undo")}
            </Button>
          )}
          {!isOpen(made) && (
            <Button variant="default" onClick={onOther}>
              {t("import.other")}
            </Button>
          )}
        </Group>
      </Stack>
    </Panel>
  );
}
