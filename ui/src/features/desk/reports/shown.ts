import type { Span } from "../../../lib/period";
import type { Behind, ReportFilters } from "./filters";

/** What every report is given. */
export interface Shown {
  filters: ReportFilters;
  span: Span;
  /** Shows the very clientes of a figure. */
  onBehind: (behind: Behind) => void;
}
