/** What a form asks for and what a rule would have done: decisions, without any I/O. */
import type { AlertPoint, AlertRule, PreviewAlertRule } from "../../api/model";

export const KINDS = ["silence", "threshold", "anomaly"] as const;
export type Kind = (typeof KINDS)[number];
export const METRICS = [
  "events",
  "pageViews",
  "uniqueVisitors",
  "uniqueSessions",
  "botEvents",
] as const;
export type Metric = (typeof METRICS)[number];
export const COMPARISONS = ["above", "below", "either"] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const WEEK_MINUTES = 7 * 24 * 60;
export const HOUR_MINUTES = 60;
const DEFAULT_SENSITIVITY = 4;

/** A rule as it stands in a form: a limit may be missing yet. */
export interface Draft {
  kind: Kind;
  metric: Metric;
  eventType: string;
  siteId: string | null;
  comparison: Comparison;
  threshold: number | null;
  windowMinutes: number;
  sensitivity: number;
}

const NOTHING_YET: Record<
  Kind,
  Pick<Draft, "comparison" | "threshold" | "windowMinutes" | "sensitivity">
> = {
  silence: {
    comparison: "below",
    threshold: null,
    windowMinutes: 30,
    sensitivity: DEFAULT_SENSITIVITY,
  },
  threshold: {
    comparison: "above",
    threshold: null,
    windowMinutes: HOUR_MINUTES,
    sensitivity: DEFAULT_SENSITIVITY,
  },
  anomaly: {
    comparison: "either",
    threshold: null,
    windowMinutes: HOUR_MINUTES,
    sensitivity: DEFAULT_SENSITIVITY,
  },
};

export function newDraft(kind: Kind): Draft {
  return {
    kind,
    metric: kind === "anomaly" ? "uniqueVisitors" : "events",
    eventType: "",
    siteId: null,
    ...NOTHING_YET[kind],
  };
}

/** The same figure, watched in another way. */
export function ofKind(draft: Draft, kind: Kind): Draft {
  const metric = kind === "silence" ? "events" : draft.metric;
  return { ...draft, ...NOTHING_YET[kind], kind, metric };
}

export function draftOf(rule: AlertRule): Draft {
  return {
    kind: rule.kind,
    metric: rule.metric,
    eventType: rule.eventType ?? "",
    siteId: rule.siteId,
    comparison: rule.comparison,
    threshold: rule.threshold,
    windowMinutes: rule.windowMinutes,
    sensitivity: rule.sensitivity ?? DEFAULT_SENSITIVITY,
  };
}

/** Page views are of one type already. */
export function mayHaveType({ metric }: Pick<Draft, "metric">): boolean {
  return metric !== "pageViews";
}

export function isComplete({ kind, comparison, threshold }: Draft): boolean {
  if (kind !== "threshold") return true;
  return (
    threshold !== null && threshold >= 0 && (comparison !== "below" || threshold > 0)
  );
}

/** The terms as the server wants them, or nothing while the limit is missing. */
export function termsOf(draft: Draft): PreviewAlertRule | undefined {
  return isComplete(draft) ? terms(draft) : undefined;
}

/** What can be drawn already: without a limit, what it would be held against. */
export function previewOf(draft: Draft): PreviewAlertRule {
  if (isComplete(draft)) return terms(draft);
  return terms({ ...draft, comparison: "above", threshold: 0 });
}

function terms(draft: Draft): PreviewAlertRule {
  const eventType = mayHaveType(draft) && draft.eventType !== "" ? draft.eventType : null;
  const common = { kind: draft.kind, eventType, siteId: draft.siteId };
  const { metric, comparison, threshold, windowMinutes, sensitivity } = draft;
  switch (draft.kind) {
    case "silence":
      return { ...common, metric: "events", windowMinutes };
    case "threshold":
      return { ...common, metric, comparison, threshold, windowMinutes };
    case "anomaly":
      return { ...common, metric, comparison, sensitivity };
  }
}

/** What a condition is held against: a draft's or a rule's. */
export type Condition = Pick<
  Draft,
  "kind" | "metric" | "comparison" | "threshold" | "windowMinutes"
>;

/** An hour of the plot, with the value that the rule would have looked at. */
export interface Judged {
  point: AlertPoint;
  value: number;
  fires: boolean;
}

/** Visitors of two hours are not the sum of both: who came in both is one. */
const ADDS_UP: readonly Metric[] = ["events", "pageViews", "botEvents"];

/** Whether hours are enough to tell what the rule would have done. */
export function canJudge({ kind, metric, threshold, windowMinutes }: Condition): boolean {
  if (kind === "anomaly") return true;
  if (kind === "silence") return windowMinutes >= HOUR_MINUTES;
  if (threshold === null || windowMinutes % HOUR_MINUTES !== 0) return false;
  return windowMinutes === HOUR_MINUTES || ADDS_UP.includes(metric);
}

/** Each hour with the whole window that ends with it, as far as hours can tell. */
export function judge(condition: Condition, points: readonly AlertPoint[]): Judged[] {
  if (!canJudge(condition)) {
    return points.map((point) => ({ point, value: point.actual, fires: false }));
  }
  const hours =
    condition.kind === "anomaly" ? 1 : Math.ceil(condition.windowMinutes / HOUR_MINUTES);
  let sum = 0;
  const judged = points.map((point, index) => {
    sum += point.actual - (points[index - hours]?.actual ?? 0);
    const value = hours === 1 ? point.actual : sum;
    return { point, value, fires: fires(condition, point, value) };
  });
  return judged.slice(hours - 1);
}

function fires(condition: Condition, { low, high }: AlertPoint, value: number): boolean {
  const { kind, comparison, threshold } = condition;
  switch (kind) {
    case "silence":
      return value === 0;
    case "threshold":
      if (threshold === null) return false;
      return comparison === "above" ? value > threshold : value < threshold;
    case "anomaly":
      return (
        (comparison !== "below" && high !== null && value > high) ||
        (comparison !== "above" && low !== null && value < low)
      );
  }
}

/** How many times it would have fired: hours in a row are one time. */
export function countFirings(judged: readonly Judged[]): number {
  return judged.filter((one, index) => one.fires && judged[index - 1]?.fires !== true)
    .length;
}
