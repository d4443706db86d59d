/** What all cohorts say together. */
import type { Cohort } from "../../api/model";

interface CurvePoint {
  week: number;
  visitors: number;
  /** Visitors of the cohorts that have lived through this week. */
  of: number;
}

/** Of each week the visitors of all cohorts for which it is over. */
export function curveOf(cohorts: readonly Cohort[]): CurvePoint[] {
  const points: CurvePoint[] = [];
  for (const cohort of cohorts) {
    for (const { week, visitors, complete } of cohort.weeks) {
      if (!complete) continue;
      const point = (points[week] ??= { week, visitors: 0, of: 0 });
      point.visitors += visitors;
      point.of += cohort.visitors;
    }
  }
  // A week may be over for none, or for cohorts of nobody alone.
  return points.filter((point) => point.of > 0);
}

export const SHADES = 5;

/** How dark a share is drawn, 0 to `SHADES`: beside the most that any later week has. */
export function shadeOf(share: number | null, most: number): number {
  if (share === null || share === 0 || most === 0) return 0;
  return Math.max(1, Math.min(SHADES, Math.ceil((SHADES * share) / most)));
}

export function mostOf(cohorts: readonly Cohort[]): number {
  const shares = cohorts.flatMap(({ weeks }) =>
    weeks.filter(({ week }) => week > 0).map(({ share }) => share ?? 0),
  );
  return Math.max(0, ...shares);
}
