import { getRouteApi } from "@tanstack/react-router";

import { SitesScreen } from "../../features/sites/Sites";

const route = getRouteApi("/signed-in/settings/sites");

export function SitesPage() {
  const { new: creating = false, site } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SitesScreen
      creating={creating}
      openSite={site}
      onCreating={(next) =>
        void navigate({ search: next ? { new: true } : {}, replace: !next })
      }
      onOpenSite={(next) => void navigate({ search: { site: next }, resetScroll: false })}
    />
  );
}
