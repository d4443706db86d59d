import { getRouteApi } from "@tanstack/react-router";

import { Events } from "../../features/events/Events";

const route = getRouteApi("/signed-in/events");

export function EventsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Events
      filters={filters}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    />
  );
}
