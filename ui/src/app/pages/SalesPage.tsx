import { getRouteApi } from "@tanstack/react-router";

import { SalesScreen } from "../../features/sales/Sales";

const route = getRouteApi("/signed-in/sales");

export function SalesPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SalesScreen
      filters={filters}
      onFilters={(next) =>
        void navigate({
          search: next,
          resetScroll: false,
          // The way back does not lead through every letter that was typed.
          replace: next.q !== filters.q,
        })
      }
    />
  );
}
