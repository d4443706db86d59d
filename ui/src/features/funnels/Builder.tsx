import { Button, Group, Text } from "@mantine/core";
import { IconArrowBackUp, IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

import { Panel } from "../../components/Panel";
import { SuggestInput, type Suggestion } from "../../components/SuggestInput";
import { eventTypeOf } from "../../lib/eventTypes";
import { useSpeech } from "../../lib/i18n";
import classes from "./Builder.module.css";
import {
  countConditions,
  MOST_CONDITIONS,
  MOST_STEPS,
  moved,
  type Step,
} from "./filters";
import { StepCard } from "./StepCard";

interface BuilderProps {
  steps: readonly Step[];
  types: readonly Suggestion[];
  site: string | undefined;
  onSteps: (steps: readonly Step[]) => void;
}

/** The steps in their order: to add, change, move and take away. */
export function Builder({ steps, types, site, onSteps }: BuilderProps) {
  const { t } = useSpeech();
  const list = useRef<HTMLOListElement>(null);
  const [past, setPast] = useState<readonly (readonly Step[])[]>([]);
  const [said, setSaid] = useState("");
  const refocus = useFocusAfter(list, steps);

  function change(next: readonly Step[], words: string): void {
    setPast([...past, steps].slice(-50));
    setSaid(words);
    onSteps(next);
  }

  function move(from: number, to: number): void {
    refocus(`li:nth-child(${to + 1}) [data-move="${to < from ? "up" : "down"}"]`);
    change(moved(steps, from, to), t("funnel.moved", { place: from + 1, to: to + 1 }));
  }

  function undo(): void {
    const before = past.at(-1);
    if (before === undefined) return;
    setPast(past.slice(0, -1));
    setSaid(t("funnel.undone"));
    onSteps(before);
  }

  return (
    <Panel
      title={t("funnel.steps")}
      actions={
        <Button
          size="compact-sm"
          variant="subtle"
          className={classes.act}
          leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
          data-disabled={past.length === 0 || undefined}
          aria-disabled={past.length === 0}
          onClick={undo}
        >
          {t("funnel.undo")}
        </Button>
      }
    >
      <ol ref={list} className={classes.steps} tabIndex={-1}>
        {steps.map((step, index) => (
          <StepCard
            // Two steps may be alike; a step is its place.
            key={index}
            step={step}
            place={index + 1}
            last={index === steps.length - 1}
            types={types}
            site={site}
            full={countConditions(steps) >= MOST_CONDITIONS}
            onStep={(next) => change(steps.with(index, next), t("funnel.changed"))}
            onMove={(place) => move(index, place - 1)}
            onRemove={() => {
              refocus(null);
              change(
                steps.filter((_, other) => other !== index),
                t("funnel.removed", { place: index + 1 }),
              );
            }}
          />
        ))}
      </ol>
      {steps.length < MOST_STEPS ? (
        <AddStep
          key={steps.length}
          types={types}
          onAdd={(type) =>
            change([...steps, { type, conditions: [] }], t("funnel.added", { type }))
          }
        />
      ) : (
        <Text size="xs" c="dimmed" mt="sm">
          {t("funnel.most", { most: MOST_STEPS })}
        </Text>
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </Panel>
  );
}

/** Once the steps have changed, puts the focus on what a person goes on with. */
function useFocusAfter(
  list: React.RefObject<HTMLOListElement | null>,
  steps: readonly Step[],
): (selector: string | null) => void {
  const wanted = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const { current } = wanted;
    wanted.current = undefined;
    const found =
      current === null ? list.current : list.current?.querySelector<HTMLElement>(current);
    found?.focus();
  }, [list, steps]);
  return (selector) => {
    wanted.current = selector;
  };
}

interface AddStepProps {
  types: readonly Suggestion[];
  onAdd: (type: string) => void;
}

function AddStep({ types, onAdd }: AddStepProps) {
  const { t } = useSpeech();
  return (
    <Group gap={6} wrap="nowrap" mt={8} className={classes.add}>
      <span className={classes.place} data-new aria-hidden="true">
        <IconPlus size={14} />
      </span>
      <SuggestInput
        className={classes.type}
        classNames={{ input: classes.typeInput }}
        aria-label={t("funnel.addStep")}
        placeholder={t("funnel.addStep")}
        suggestions={types}
        value=""
        tidied={(text) => eventTypeOf(text) ?? ""}
        onValue={onAdd}
      />
    </Group>
  );
}
