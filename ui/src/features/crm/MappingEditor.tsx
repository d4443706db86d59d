import { Button, Group, Skeleton, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ListedSource, SourceMapping } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import classes from "./Crm.module.css";
import { Fields } from "./Fields";
import { placed, taken, type Chosen } from "./mapping";
import { PayloadTree } from "./PayloadTree";
import { previewQuery, useChangeSource } from "./queries";
import { Replay } from "./Replay";
import { Understood } from "./Understood";

interface MappingEditorProps {
  source: ListedSource;
  payload: unknown;
}

/** Choose a field, click its value; the contact that comes of it stands beside. */
export function MappingEditor({ source, payload }: MappingEditorProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const save = useChangeSource(source.id);
  const [mapping, setMapping] = useState<SourceMapping>(source.mapping ?? {});
  const [chosen, setChosen] = useState<Chosen>({ field: "email" });
  const preview = useQuery(previewQuery(source.id, mapping));

  return (
    <Stack gap="lg">
      <div className={classes.columns}>
        <Stack gap="xs">
          <Title order={3} size="h4">
            {t("crm.fields")}
          </Title>
          <Fields
            mapping={mapping}
            onMapping={setMapping}
            chosen={chosen}
            onChosen={setChosen}
          />
        </Stack>
        <Stack gap="xs">
          <Title order={3} size="h4">
            {t("crm.payload")}
          </Title>
          <PayloadTree
            payload={payload}
            chosen={chosen}
            taken={taken(mapping)}
            onTake={(path) => setMapping(placed(mapping, chosen, path))}
          />
        </Stack>
      </div>
      <Stack gap="xs" aria-live="polite">
        <Title order={3} size="h4">
          {t("crm.preview")}
        </Title>
        {preview.data === undefined ? (
          <Skeleton height={80} />
        ) : (
          <Understood read={preview.data} />
        )}
      </Stack>
      <Group gap="sm">
        <Button
          loading={save.isPending}
          onClick={() =>
            save.mutate({ mapping }, { onSuccess: toasts.saved, onError: toasts.failed })
          }
        >
          {t("action.save")}
        </Button>
        <Replay source={source} />
      </Group>
    </Stack>
  );
}
