/** What the report shows, as it stands in the URL. */
import { readPeriod, type Period } from "../../lib/period";
import { oneOf, textOf } from "../../lib/search";

export const BYS = ["campaign", "adset", "ad", "link", "source"] as const;
export type By = (typeof BYS)[number];

export const COHORTS = ["event", "click"] as const;
export type Cohort = (typeof COHORTS)[number];

export const MODELS = ["last", "first", "linear"] as const;
export type Model = (typeof MODELS)[number];

export const METRICS = [
  "clicks",
  "visits",
  "contacts",
  "conversations",
  "leads",
  "sales",
  "revenueCents",
  "costCents",
] as const;
export type Metric = (typeof METRICS)[number];

export const KINDS = ["contact", "conversation", "lead", "sale"] as const;
export type Kind = (typeof KINDS)[number];

/** What is absent has its usual value, so that the usual URL is a short one. */
export interface SaleReportFilters extends Period {
  by?: By;
  cohort?: Cohort;
  model?: Model;
  currency?: string;
  metric?: Metric;
  /** By which column the table is in order; from the least on, with a minus before it. */
  sort?: string;
  /** The line that the drawing and the results are of. */
  line?: string;
  /** Whose results are shown. */
  kind?: Kind;
}

export function readSaleReportFilters(
  search: Record<string, unknown>,
): SaleReportFilters {
  const by = oneOf(BYS, search.by);
  const cohort = oneOf(COHORTS, search.cohort);
  const model = oneOf(MODELS, search.model);
  const metric = oneOf(METRICS, search.metric);
  const currency = textOf(search.currency);
  return {
    ...readPeriod(search),
    by: by === "campaign" ? undefined : by,
    cohort: cohort === "event" ? undefined : cohort,
    model: model === "last" ? undefined : model,
    metric: metric === "revenueCents" ? undefined : metric,
    currency: /^[A-Z]{3}$/.test(currency ?? "") ? currency : undefined,
    sort: textOf(search.sort),
    line: textOf(search.line),
    kind: oneOf(KINDS, search.kind),
  };
}
