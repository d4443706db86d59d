import { getRouteApi } from "@tanstack/react-router";

import { Crm } from "../../features/crm/Crm";
import { SourceScreen } from "../../features/crm/SourceScreen";

const all = getRouteApi("/signed-in/settings/crm");
const one = getRouteApi("/signed-in/settings/crm/$sourceId");

export function CrmPage() {
  const navigate = all.useNavigate();
  return (
    <Crm
      onMade={(sourceId) =>
        void navigate({ to: "/settings/crm/$sourceId", params: { sourceId } })
      }
    />
  );
}

export function SourcePage() {
  const { sourceId } = one.useParams();
  const navigate = one.useNavigate();
  return (
    <SourceScreen
      key={sourceId}
      sourceId={sourceId}
      onDeleted={() => void navigate({ to: "/settings/crm" })}
    />
  );
}
