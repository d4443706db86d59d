import { getRouteApi } from "@tanstack/react-router";

import { Overview } from "../../features/overview/Overview";
import { ZoneOffer } from "../../features/settings/ZoneOffer";

const route = getRouteApi("/signed-in/overview");

export function OverviewPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Overview
      filters={filters}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    >
      <ZoneOffer />
    </Overview>
  );
}
