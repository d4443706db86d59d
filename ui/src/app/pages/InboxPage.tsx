import { getRouteApi } from "@tanstack/react-router";

import { InboxScreen } from "../../features/inbox/Inbox";
import { useLiveStatus } from "../live";

const route = getRouteApi("/signed-in/inbox");

export function InboxPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <InboxScreen
      filters={filters}
      live={useLiveStatus()}
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
