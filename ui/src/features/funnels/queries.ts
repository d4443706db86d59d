import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, withQuery } from "../../api/client";
import type { Funnel } from "../../api/model";
import type { Span } from "../../lib/period";
import {
  DAY_MINUTES,
  FEWEST_STEPS,
  writeSteps,
  type Filters,
  type Step,
} from "./filters";

export function funnelQuery(
  tenantId: string,
  { site, window = DAY_MINUTES }: Filters,
  steps: readonly Step[],
  { from, to }: Span,
) {
  const path = withQuery(`/tracking-v2/stats/tenant/${tenantId}/funnel`, {
    ...writeSteps(steps),
    windowMinutes: String(window),
    from,
    to,
    siteId: site,
  });
  return queryOptions({
    queryKey: ["funnel", path],
    queryFn: ({ signal }) => api.get<Funnel>(path, signal),
    enabled: steps.length >= FEWEST_STEPS,
    placeholderData: keepPreviousData,
    // Not at each piece of news: going through every visitor's events is real work.
    refetchInterval: 60_000,
  });
}
