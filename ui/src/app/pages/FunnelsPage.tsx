import { getRouteApi } from "@tanstack/react-router";

import { Funnels } from "../../features/funnels/Funnels";

const route = getRouteApi("/signed-in/funnels");

export function FunnelsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Funnels
      filters={filters}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    />
  );
}
