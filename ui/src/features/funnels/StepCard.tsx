import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconFilterPlus,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import { useRef, useState, type ReactNode } from "react";

import { SuggestInput, type Suggestion } from "../../components/SuggestInput";
import { eventTypeOf } from "../../lib/eventTypes";
import { useSpeech } from "../../lib/i18n";
import { writeCondition } from "../../lib/properties";
import { useConditionWords } from "../../lib/words";
import { ConditionForm } from "./ConditionForm";
import type { Step } from "./filters";
import classes from "./Builder.module.css";

interface StepCardProps {
  step: Step;
  /** From one. */
  place: number;
  last: boolean;
  types: readonly Suggestion[];
  site: string | undefined;
  /** No more conditions may be added. */
  full: boolean;
  onStep: (step: Step) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** One step: what has to happen, and on what conditions. */
export function StepCard(props: StepCardProps) {
  const { step, place, types, site, full, onStep } = props;
  const { t } = useSpeech();
  const words = useConditionWords();
  const [asking, setAsking] = useState(false);
  const card = useRef<HTMLLIElement>(null);

  function keep(conditions: Step["conditions"]): void {
    onStep({ ...step, conditions });
    // What had the focus is about to go.
    card.current?.focus();
  }

  return (
    <li
      ref={card}
      className={classes.step}
      tabIndex={-1}
      aria-label={t("funnel.stepOf", { place, type: step.type })}
    >
      <Group gap={6} wrap="nowrap" align="center">
        <span className={classes.place} aria-hidden="true">
          {place}
        </span>
        <SuggestInput
          className={classes.type}
          classNames={{ input: classes.typeInput }}
          aria-label={t("funnel.type", { place })}
          suggestions={types}
          value={step.type}
          tidied={(text) => eventTypeOf(text) ?? step.type}
          onValue={(type) => onStep({ ...step, type })}
        />
        <Buttons {...props} />
      </Group>
      <div className={classes.conditions}>
        {step.conditions.map((condition) => (
          <Button
            key={writeCondition(condition)}
            className={classes.chip}
            size="compact-xs"
            variant="light"
            color={condition.negated ? "coral" : "petrol"}
            rightSection={<IconX size={13} aria-hidden="true" />}
            aria-label={t("breakdown.remove", { filter: words(condition) })}
            onClick={() => keep(step.conditions.filter((one) => one !== condition))}
          >
            {words(condition)}
          </Button>
        ))}
        {!asking && !full && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconFilterPlus size={14} aria-hidden="true" />}
            aria-label={t("funnel.addConditionTo", { place })}
            onClick={() => setAsking(true)}
          >
            {t("funnel.addCondition")}
          </Button>
        )}
      </div>
      {asking && (
        <ConditionForm
          eventType={step.type}
          site={site}
          onCancel={() => {
            setAsking(false);
            card.current?.focus();
          }}
          onAdd={(added) => {
            setAsking(false);
            const text = writeCondition(added);
            keep([
              ...step.conditions.filter((one) => writeCondition(one) !== text),
              added,
            ]);
          }}
        />
      )}
    </li>
  );
}

function Buttons({ place, last, onMove, onRemove }: StepCardProps) {
  const { t } = useSpeech();
  return (
    <Group gap={0} wrap="nowrap">
      <Act
        label={t("funnel.up", { place })}
        move="up"
        possible={place > 1}
        onAct={() => onMove(place - 1)}
      >
        <IconArrowUp size={16} aria-hidden="true" />
      </Act>
      <Act
        label={t("funnel.down", { place })}
        move="down"
        possible={!last}
        onAct={() => onMove(place + 1)}
      >
        <IconArrowDown size={16} aria-hidden="true" />
      </Act>
      <Act label={t("funnel.remove", { place })} possible onAct={onRemove}>
        <IconTrash size={16} aria-hidden="true" />
      </Act>
    </Group>
  );
}

interface ActProps {
  label: string;
  move?: "up" | "down";
  possible: boolean;
  onAct: () => void;
  children: ReactNode;
}

/** Without the attribute `disabled`, which would take the focus away at the ends. */
function Act({ label, move, possible, onAct, children }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        className={classes.act}
        data-move={move}
        data-disabled={!possible || undefined}
        aria-disabled={!possible}
        aria-label={label}
        onClick={() => {
          if (possible) onAct();
        }}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
