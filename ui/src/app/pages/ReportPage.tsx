import { getRouteApi } from "@tanstack/react-router";

import { ReportScreen } from "../../features/report/Report";
import { ZoneOffer } from "../../features/settings/ZoneOffer";

const route = getRouteApi("/signed-in/");

export function ReportPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ReportScreen
      filters={filters}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    >
      <ZoneOffer />
    </ReportScreen>
  );
}
