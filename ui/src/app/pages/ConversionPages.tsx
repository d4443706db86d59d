import { getRouteApi } from "@tanstack/react-router";

import { DestinationsScreen } from "../../features/conversions/Destinations";
import { Log } from "../../features/conversions/Log";

const log = getRouteApi("/signed-in/conversions");
const destinations = getRouteApi("/signed-in/settings/destinations");

export function ConversionsPage() {
  const filters = log.useSearch();
  const navigate = log.useNavigate();
  return (
    <Log
      filters={filters}
      onFilters={(search) => void navigate({ search, resetScroll: false })}
    />
  );
}

export function DestinationsPage() {
  const { open } = destinations.useSearch();
  const navigate = destinations.useNavigate();
  return (
    <DestinationsScreen
      open={open}
      onOpen={(which) => void navigate({ search: { open: which }, resetScroll: false })}
    />
  );
}
