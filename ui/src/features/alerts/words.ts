/** Rules in plain words. */
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import { sitesQuery } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { showDuration } from "../../lib/time";
import { mayHaveType, type Draft } from "./rules";

export type Told = Omit<Draft, "eventType" | "sensitivity"> & {
  eventType: string | null;
};

/** What is counted: `Events ADD_TO_CART · Tienda Aurora`. */
export function useFigureWords(): (
  rule: Pick<Told, "metric" | "eventType" | "siteId">,
) => string {
  const { t } = useSpeech();
  const sites = useQuery(sitesQuery()).data?.items;
  return useCallback(
    ({ metric, eventType, siteId }) => {
      const site = sites?.find(({ id }) => id === siteId)?.name;
      const type = mayHaveType({ metric }) && eventType ? ` ${eventType}` : "";
      return `${t(`alert.metric.${metric}`)}${type}${site === undefined ? "" : ` · ${site}`}`;
    },
    [t, sites],
  );
}

/** The whole condition: `Events: more than 500 in 1 hour`. */
export function useRuleWords(): (rule: Told) => string {
  const { t, number, locale } = useSpeech();
  const figureWords = useFigureWords();
  return useCallback(
    (rule) => {
      const figure = figureWords(rule);
      const window = showDuration(locale, rule.windowMinutes * 60);
      const limit = rule.threshold === null ? "…" : number(rule.threshold);
      switch (rule.kind) {
        case "silence":
          return t("alert.words.silence", { figure, window });
        case "threshold":
          return rule.comparison === "below"
            ? t("alert.words.below", { figure, limit, window })
            : t("alert.words.above", { figure, limit, window });
        case "anomaly":
          return t(`alert.words.anomaly.${rule.comparison}`, { figure });
      }
    },
    [t, number, locale, figureWords],
  );
}

/** How long something has been so: who reads of minutes needs no seconds. */
export function useAge(): (from: string, to: number) => string {
  const { locale } = useSpeech();
  return useCallback(
    (from, to) => {
      const seconds = Math.max(0, (to - Date.parse(from)) / 1000);
      return showDuration(locale, seconds < 60 ? seconds : seconds - (seconds % 60));
    },
    [locale],
  );
}

/** A figure as a rule knows it, with a decimal if it has one: a median may. */
export function useFigure(): (value: number) => string {
  const { number } = useSpeech();
  return useCallback((value) => number(value, { maximumFractionDigits: 1 }), [number]);
}
