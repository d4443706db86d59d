import { getRouteApi } from "@tanstack/react-router";

import { Alerts } from "../../features/alerts/Alerts";
import { NewRule } from "../../features/alerts/NewRule";
import { RuleScreen } from "../../features/alerts/RuleScreen";

const all = getRouteApi("/signed-in/alerts");
const fresh = getRouteApi("/signed-in/alerts/new");
const one = getRouteApi("/signed-in/alerts/$ruleId");

export function AlertsPage() {
  const navigate = all.useNavigate();
  return (
    <Alerts
      filters={all.useSearch()}
      onFilters={(next) => void navigate({ search: next, resetScroll: false })}
    />
  );
}

export function NewAlertPage() {
  const { kind } = fresh.useSearch();
  const navigate = fresh.useNavigate();
  return (
    <NewRule
      kind={kind}
      onCreated={(ruleId) =>
        void navigate({ to: "/alerts/$ruleId", params: { ruleId }, replace: true })
      }
      onCancel={() => void navigate({ to: "/alerts" })}
    />
  );
}

export function AlertPage() {
  const { ruleId } = one.useParams();
  const { edit = false, state } = one.useSearch();
  const navigate = one.useNavigate();
  return (
    <RuleScreen
      key={ruleId}
      ruleId={ruleId}
      editing={edit}
      onEditing={(next) =>
        void navigate({ search: { state, edit: next ? true : undefined } })
      }
      firingState={state}
      onFiringState={(next) =>
        void navigate({ search: { state: next }, resetScroll: false })
      }
      onDeleted={() => void navigate({ to: "/alerts", replace: true })}
    />
  );
}
