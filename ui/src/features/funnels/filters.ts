/** A funnel as it stands in the URL, which is also how it is kept and passed on. */
import { isEventType } from "../../lib/eventTypes";
import { readPeriod, type Period } from "../../lib/period";
import { conditionOf, writeCondition, type Condition } from "../../lib/properties";
import { listOf, textOf } from "../../lib/search";

export const FEWEST_STEPS = 2;
export const MOST_STEPS = 10;
export const MOST_CONDITIONS = 30;
export const DAY_MINUTES = 24 * 60;
export const MOST_MINUTES = 90 * DAY_MINUTES;

export interface Step {
  type: string;
  conditions: readonly Condition[];
}

/** What is absent has its usual value; without `step` there is an example. */
export interface Filters extends Period {
  site?: string;
  step?: string[];
  /** Conditions as the server writes them: `2:channel:direct` is the second step's. */
  filter?: string[];
  /** Minutes from the first step to the last; a day, if absent. */
  window?: number;
}

/** Takes what it understands from a URL that anybody may have written. */
export function readFilters(search: Record<string, unknown>): Filters {
  const { step, filter, window } = search;
  const kept = {
    site: textOf(search.site),
    window: isWindow(window) && window !== DAY_MINUTES ? window : undefined,
    ...readPeriod(search),
  };
  if (step === undefined) return kept;
  const steps = listOf(step)
    .filter(isEventType)
    .slice(0, MOST_STEPS)
    .map((type): Step => ({ type, conditions: [] }));
  return { ...kept, ...writeSteps(withConditions(steps, listOf(filter))) };
}

function isWindow(value: unknown): value is number {
  return (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= 1 &&
    value <= MOST_MINUTES
  );
}

function withConditions(steps: readonly Step[], filter: readonly unknown[]): Step[] {
  const placed = filter.map(placedCondition).filter((one) => one !== undefined);
  return steps.map(({ type }, index) => ({
    type,
    conditions: placed
      .slice(0, MOST_CONDITIONS)
      .filter(({ place }) => place === index + 1)
      .map(({ condition }) => condition),
  }));
}

function placedCondition(
  text: unknown,
): { place: number; condition: Condition } | undefined {
  const found = typeof text === "string" ? /^(\d{1,2}):(.*)$/su.exec(text) : null;
  const condition = conditionOf(found?.[2]);
  return condition && { place: Number(found?.[1]), condition };
}

/** The steps that the URL tells, or nothing if it tells none. */
export function stepsOf({ step, filter }: Filters): Step[] | undefined {
  if (step === undefined) return undefined;
  return withConditions(
    step.map((type) => ({ type, conditions: [] })),
    filter ?? [],
  );
}

export function writeSteps(
  steps: readonly Step[],
): Required<Pick<Filters, "step">> & Pick<Filters, "filter"> {
  const filter = steps.flatMap(({ conditions }, index) =>
    conditions.map((one) => `${index + 1}:${writeCondition(one)}`),
  );
  return {
    step: steps.map(({ type }) => type),
    filter: filter.length === 0 ? undefined : filter,
  };
}

export function countConditions(steps: readonly Step[]): number {
  return steps.reduce((sum, { conditions }) => sum + conditions.length, 0);
}

/** The steps with one of them elsewhere. */
export function moved(steps: readonly Step[], from: number, to: number): Step[] {
  const rest = steps.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...steps.slice(from, from + 1), ...rest.slice(to)];
}

/** What people do in passing says little about where they are going. */
const IN_PASSING = ["SCROLL", "MOUSE_MOVE", "CLICK"];
const EXAMPLE_STEPS = 4;

/**
 * A funnel to begin with, of types from the most visitors to the fewest. Of a single
 * type: who does it twice.
 */
export function exampleSteps(types: readonly string[]): Step[] {
  const telling = types.filter((type) => !IN_PASSING.includes(type));
  const kept = telling.length < FEWEST_STEPS ? types : telling;
  // Fewer do it than anything else, and it is what all the rest is for.
  const goal = kept.filter((type) => type === "PURCHASE");
  const before = kept
    .filter((type) => type !== "PURCHASE")
    .toSorted((a, b) => Number(b === "PAGE_VIEW") - Number(a === "PAGE_VIEW"))
    .slice(0, EXAMPLE_STEPS - goal.length);
  const chosen = [...before, ...goal];
  const twice = chosen.length === 1 ? [...chosen, ...chosen] : chosen;
  return twice.map((type) => ({ type, conditions: [] }));
}
