import { getRouteApi } from "@tanstack/react-router";

import { ReportsScreen } from "../../features/desk/reports/Reports";

const reports = getRouteApi("/signed-in/lead-reports");

export function DeskReportsPage() {
  const filters = reports.useSearch();
  const navigate = reports.useNavigate();
  return (
    <ReportsScreen
      filters={filters}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    />
  );
}
