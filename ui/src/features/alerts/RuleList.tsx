import { Switch, Text, Tooltip } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";

import type { AlertRule } from "../../api/model";
import { LinkText } from "../../components/links";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import classes from "./Alerts.module.css";
import { useChangeRule } from "./queries";
import { StateBadge } from "./StateBadge";
import { useAge, useFigure, useRuleWords } from "./words";

interface RuleListProps {
  rules: readonly AlertRule[];
  mayChange: boolean;
  /** When the rules came: what `since` counts from. */
  asOf: number;
}

const URGENCY = { firing: 0, ok: 1, learning: 1, paused: 2 } as const;

/** What fires comes first, what is paused last. */
export function RuleList({ rules, mayChange, asOf }: RuleListProps) {
  const sorted = rules.toSorted((a, b) => URGENCY[a.state] - URGENCY[b.state]);
  return (
    <ul className={classes.rules}>
      {sorted.map((rule) => (
        <RuleRow key={rule.id} rule={rule} mayChange={mayChange} asOf={asOf} />
      ))}
    </ul>
  );
}

interface RuleRowProps {
  rule: AlertRule;
  mayChange: boolean;
  asOf: number;
}

function RuleRow({ rule, mayChange, asOf }: RuleRowProps) {
  const { t } = useSpeech();
  const ruleWords = useRuleWords();
  const age = useAge();
  return (
    <li className={classes.rule} data-state={rule.state}>
      <div className={classes.state}>
        <StateBadge state={rule.state} />
        <Text size="xs" c="dimmed" className="number">
          {t("alert.since", { time: age(rule.stateSince, asOf) })}
        </Text>
      </div>
      <div className={classes.name}>
        <LinkText
          to="/alerts/$ruleId"
          params={{ ruleId: rule.id }}
          className={classes.link}
          c="inherit"
          underline="never"
        >
          {rule.name}
        </LinkText>
        <Text size="sm" c="dimmed">
          {ruleWords(rule)}
        </Text>
      </div>
      <LastValue rule={rule} />
      <div className={classes.act}>
        {mayChange && <Enabled rule={rule} />}
        <IconChevronRight size={18} aria-hidden="true" className={classes.chevron} />
      </div>
    </li>
  );
}

function LastValue({ rule }: { rule: AlertRule }) {
  const { t } = useSpeech();
  const figure = useFigure();
  if (rule.lastValue === null) return <div className={classes.value} />;
  return (
    <div className={classes.value}>
      <span className="visually-hidden">{t("alert.last")}</span>
      <span className={classes.number}>{figure(rule.lastValue)}</span>
      {rule.lastExpected !== null && (
        <Text span size="xs" c="dimmed" className="number">
          {t("alert.expectedIs", { value: figure(rule.lastExpected) })}
        </Text>
      )}
    </div>
  );
}

function Enabled({ rule }: { rule: AlertRule }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangeRule(rule.id);
  return (
    <Tooltip label={t(rule.enabled ? "alert.pause" : "alert.resume")}>
      <Switch
        className={classes.switch}
        aria-label={t("alert.enabledOf", { name: rule.name })}
        // What has been chosen, before the server has said so.
        checked={change.isPending ? change.variables.enabled === true : rule.enabled}
        onChange={({ currentTarget }) =>
          change.mutate({ enabled: currentTarget.checked }, { onError: toasts.failed })
        }
      />
    </Tooltip>
  );
}
