/** What tells of firing alerts on every screen. */
import { Anchor, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBellRinging } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import type { AlertRule } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import classes from "./FiringSigns.module.css";
import { rulesQuery } from "./queries";
import { useFigure, useRuleWords } from "./words";

function useRules(): readonly AlertRule[] | undefined {
  const { user } = useMe();
  return useQuery({ ...rulesQuery(), enabled: user.role !== "asesor" }).data?.items;
}

function useFiring(): number {
  return useRules()?.filter(({ state }) => state === "firing").length ?? 0;
}

/** How many fire, beside the name of their screen. */
export function FiringCount() {
  const { t } = useSpeech();
  const count = useFiring();
  if (count === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t("alert.firingNow", { count })}</span>
    </span>
  );
}

/** For a phone, where the navigation is folded away. */
export function FiringBell() {
  const { t, number } = useSpeech();
  const count = useFiring();
  if (count === 0) return null;
  return (
    <Link
      to="/alerts"
      className={classes.bell}
      aria-label={t("alert.firingNow", { count })}
    >
      <IconBellRinging size={18} aria-hidden="true" />
      {number(count)}
    </Link>
  );
}

interface FiringToastsProps {
  onOpen: (ruleId: string) => void;
}

/** Says when a rule begins to fire, and when it has recovered, while somebody looks. */
export function FiringToasts({ onOpen }: FiringToastsProps) {
  const { t } = useSpeech();
  const ruleWords = useRuleWords();
  const figure = useFigure();
  const rules = useRules();
  const before = useRef<ReadonlyMap<string, AlertRule["state"]>>(undefined);

  useEffect(() => {
    if (rules === undefined) return;
    const known = before.current;
    before.current = new Map(rules.map(({ id, state }) => [id, state]));
    for (const rule of known === undefined ? [] : rules) {
      const was = known?.get(rule.id);
      if (rule.state === "firing" && was !== "firing") show(rule, true);
      if (rule.state === "ok" && was === "firing") show(rule, false);
    }

    function show(rule: AlertRule, firing: boolean): void {
      notifications.show({
        id: `alert-${rule.id}-${rule.state}`,
        color: firing ? "red" : "teal",
        autoClose: firing ? 20_000 : 8_000,
        closeButtonProps: { "aria-label": t("action.close") },
        title: t(firing ? "alert.toastFiring" : "alert.toastOk", { name: rule.name }),
        message: (
          <>
            <Text size="sm">
              {ruleWords(rule)}
              {rule.lastValue !== null &&
                ` (${t("alert.now", { value: figure(rule.lastValue) })})`}
            </Text>
            <Anchor
              size="sm"
              href={`/alerts/${rule.id}`}
              onClick={(event) => {
                event.preventDefault();
                onOpen(rule.id);
              }}
            >
              {t("alert.look")}
            </Anchor>
          </>
        ),
      });
    }
  }, [rules, t, ruleWords, figure, onOpen]);
  return null;
}
