import { NumberInput, Select, SimpleGrid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { DeskSettings } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { showDuration } from "../../lib/time";
import { asesoresQuery } from "../desk/queries";

type Goals = DeskSettings["goals"];
type Escalation = DeskSettings["escalation"];

const MOST = 604_800;

interface GoalsPanelProps {
  goals: Goals;
  disabled: boolean;
  onGoals: (goals: Goals) => void;
}

/** By when a lead is to be somebody's, and to be opened. */
export function GoalsPanel({ goals, disabled, onGoals }: GoalsPanelProps) {
  const { t, locale } = useSpeech();
  const seconds = (name: "assignSeconds" | "touchSeconds" | "warningSeconds") => ({
    label: t(`deskRules.${name}`),
    value: goals[name] ?? "",
    min: name === "warningSeconds" ? 0 : 5,
    max: MOST,
    disabled,
    suffix: ` ${t("deskSettings.seconds")}`,
    placeholder: t("deskRules.noGoal"),
    description: goals[name] == null ? undefined : showDuration(locale, goals[name]),
    inputWrapperOrder: ["label" as const, "input" as const, "description" as const],
    onChange: (value: string | number) => {
      const cleared = name === "warningSeconds" ? 0 : null;
      onGoals({ ...goals, [name]: value === "" ? cleared : Math.round(Number(value)) });
    },
  });
  return (
    <Panel title={t("deskRules.goals")} hint={t("deskRules.goalsHint")}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} maw={760}>
        <NumberInput {...seconds("assignSeconds")} />
        <NumberInput {...seconds("touchSeconds")} />
        <NumberInput {...seconds("warningSeconds")} />
      </SimpleGrid>
    </Panel>
  );
}

interface EscalationPanelProps {
  escalation: Escalation;
  disabled: boolean;
  onEscalation: (escalation: Escalation) => void;
}

/** What becomes of leads that come back too often. */
export function EscalationPanel({
  escalation,
  disabled,
  onEscalation,
}: EscalationPanelProps) {
  const { t } = useSpeech();
  const people = useQuery(asesoresQuery()).data?.items ?? [];
  const after = escalation.afterReturns ?? null;
  return (
    <Panel title={t("deskRules.escalation")} hint={t("deskRules.escalationHint")}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={560}>
        <NumberInput
          label={t("deskRules.afterReturns")}
          placeholder={t("deskRules.never")}
          min={1}
          max={100}
          disabled={disabled}
          value={after ?? ""}
          onChange={(value) =>
            onEscalation({
              ...escalation,
              afterReturns: value === "" ? null : Math.round(Number(value)),
            })
          }
        />
        <Select
          label={t("deskRules.escalateTo")}
          placeholder={t("deskRules.escalateNobody")}
          clearable
          searchable
          disabled={disabled || after === null}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={escalation.asesorId ?? null}
          onChange={(asesorId) => onEscalation({ ...escalation, asesorId })}
        />
      </SimpleGrid>
    </Panel>
  );
}
