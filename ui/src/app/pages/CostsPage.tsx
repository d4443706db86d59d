import { getRouteApi } from "@tanstack/react-router";

import { CostsScreen } from "../../features/report/Costs";

const route = getRouteApi("/signed-in/report/costs");

export function CostsPage() {
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <CostsScreen
      importId={id}
      onImport={(next) =>
        void navigate({ search: next === undefined ? {} : { id: next } })
      }
    />
  );
}
