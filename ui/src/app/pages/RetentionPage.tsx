import { getRouteApi } from "@tanstack/react-router";

import { RetentionScreen } from "../../features/retention/Retention";

const route = getRouteApi("/signed-in/retention");

export function RetentionPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <RetentionScreen
      filters={filters}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    />
  );
}
