import { Button, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useRef, type Ref } from "react";

import { useSpeech } from "../../lib/i18n";
import { writeCondition, type Condition } from "../../lib/properties";
import { useConditionWords } from "../../lib/words";
import classes from "./FilterChips.module.css";
import { MOST_CONDITIONS } from "./filters";

interface FilterChipsProps {
  ref: Ref<HTMLDivElement>;
  conditions: readonly Condition[];
  onConditions: (conditions: readonly Condition[]) => void;
}

/** What is filtered by; each is taken away by a press. */
export function FilterChips({ ref, conditions, onConditions }: FilterChipsProps) {
  const { t } = useSpeech();
  const words = useConditionWords();
  const list = useRef<HTMLDivElement>(null);

  function keep(next: readonly Condition[]): void {
    onConditions(next);
    // The chip that had the focus is about to go.
    list.current?.parentElement?.focus();
  }

  return (
    <div
      ref={ref}
      className={classes.chips}
      role="group"
      aria-label={t("breakdown.filters")}
      tabIndex={-1}
    >
      <div ref={list} className={classes.list}>
        {conditions.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("breakdown.noFilters")}
          </Text>
        )}
        {conditions.map((condition) => (
          <Button
            key={writeCondition(condition)}
            className={classes.chip}
            size="compact-sm"
            variant="light"
            color={condition.negated ? "coral" : "petrol"}
            rightSection={<IconX size={14} aria-hidden="true" />}
            aria-label={t("breakdown.remove", { filter: words(condition) })}
            onClick={() => keep(conditions.filter((one) => one !== condition))}
          >
            {words(condition)}
          </Button>
        ))}
        {conditions.length > 1 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            onClick={() => keep([])}
          >
            {t("breakdown.clear")}
          </Button>
        )}
      </div>
      {conditions.length >= MOST_CONDITIONS && (
        <Text size="xs" c="dimmed">
          {t("breakdown.mostFilters", { most: MOST_CONDITIONS })}
        </Text>
      )}
      <span className="visually-hidden" role="status">
        {conditions.map(words).join(", ")}
      </span>
    </div>
  );
}
