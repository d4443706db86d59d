import { getRouteApi } from "@tanstack/react-router";

import { LinkingScreen } from "../../features/linking/Linking";

const route = getRouteApi("/signed-in/linking");

export function LinkingPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <LinkingScreen
      filters={filters}
      onFilters={(next) =>
        void navigate({ search: next, resetScroll: false, replace: true })
      }
    />
  );
}
