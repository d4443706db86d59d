import { getRouteApi } from "@tanstack/react-router";

import { DeskScreen } from "../../features/desk/gtr/DeskScreen";

const desk = getRouteApi("/signed-in/desk");

export function DeskPage() {
  const filters = desk.useSearch();
  const navigate = desk.useNavigate();
  return (
    <DeskScreen
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
