import {
  Alert,
  Button,
  Group,
  MultiSelect,
  NativeSelect,
  Stack,
  Text,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ClienteImport } from "../../../api/model";
import { useErrorText } from "../../../components/errors";
import { Panel } from "../../../components/Panel";
import { Counts } from "../../../components/sheets/HowFar";
import { useSpeech } from "../../../lib/i18n";
import { asesoresQuery } from "../queries";
import {
  choicesOf,
  DEEDS,
  GROUPS,
  outlook,
  SKIPPED,
  type Deed,
  type Group as Known,
} from "./choices";
import { useStart } from "./queries";

const OUTCOMES = ["created", "updated", "reopened", "skipped", "refused"] as const;

/** What is in the whole file, what is to become of it, and whose the new ones are to be. */
export function FoundPanel({ made }: { made: ClienteImport }) {
  const { t, number } = useSpeech();
  const errorText = useErrorText();
  const start = useStart(made.id);
  const [chosen, setChosen] = useState(SKIPPED);
  const [asesores, setAsesores] = useState<string[]>([]);
  const people = useQuery(asesoresQuery()).data?.items ?? [];
  const found = made.found;
  const then = outlook(found, chosen);
  const known = GROUPS.filter((group) => found[group] > 0);
  const some = then.created + then.updated + then.reopened;
  const choose = (group: Known, deed: Deed) => setChosen({ ...chosen, [group]: deed });

  return (
    <Panel title={t("deskImport.found")} hint={t("deskImport.foundHint")}>
      <Stack gap="md">
        {known.length > 0 && (
          <Group gap="md" align="flex-end">
            {known.map((group) => (
              <NativeSelect
                key={group}
                label={t(`deskImport.known.${group}`, { count: found[group] })}
                value={chosen[group]}
                onChange={({ currentTarget }) =>
                  choose(
                    group,
                    DEEDS[group].find((deed) => deed === currentTarget.value) ?? "skip",
                  )
                }
                data={DEEDS[group].map((value) => ({
                  value,
                  label: t(`deskImport.deed.${value}`),
                }))}
              />
            ))}
          </Group>
        )}
        <MultiSelect
          label={t("deskImport.asesores")}
          description={t("deskImport.asesoresHint")}
          placeholder={asesores.length === 0 ? t("deskImport.nobody") : undefined}
          value={asesores}
          onChange={setAsesores}
          searchable
          clearable
          maw={560}
          data={people
            .filter(({ role }) => role === "asesor")
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
        <div role="status" aria-label={t("deskImport.then")}>
          <Text size="sm" fw={600} mb={4}>
            {t("deskImport.then")}
          </Text>
          <Counts
            of={OUTCOMES.map((name) => ({
              name: t(`deskImport.outcome.${name}`),
              count: then[name],
            }))}
          />
        </div>
        {found.problems > 0 && (
          <Text size="sm" c="dimmed">
            {t("deskImport.partly", { count: found.problems })}
          </Text>
        )}
        {start.isError && (
          <Alert color="red" role="alert">
            {errorText(start.error)}
          </Alert>
        )}
        <Group>
          <Button
            disabled={some === 0}
            loading={start.isPending}
            onClick={() => start.mutate(choicesOf(chosen, asesores))}
          >
            {t("deskImport.start", { number: number(some), count: some })}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
