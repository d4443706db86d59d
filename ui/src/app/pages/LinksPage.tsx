import { getRouteApi } from "@tanstack/react-router";

import { LinksScreen } from "../../features/links/Links";

const route = getRouteApi("/signed-in/links");

export function LinksPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <LinksScreen
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
