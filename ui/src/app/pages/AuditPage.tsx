import { getRouteApi } from "@tanstack/react-router";

import { AuditScreen } from "../../features/audit/Audit";

const route = getRouteApi("/signed-in/settings/audit");

export function AuditPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <AuditScreen
      filters={filters}
      onFilter={(next) => void navigate({ search: next, replace: true })}
    />
  );
}
