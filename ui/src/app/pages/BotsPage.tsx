import { getRouteApi } from "@tanstack/react-router";

import { BotsScreen } from "../../features/bots/Bots";

const route = getRouteApi("/signed-in/bots");

export function BotsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <BotsScreen
      filters={filters}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    />
  );
}
