import { getRouteApi } from "@tanstack/react-router";

import { Operations } from "../../features/operations/Operations";

const route = getRouteApi("/signed-in/operations");

export function OperationsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Operations
      filters={filters}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    />
  );
}
