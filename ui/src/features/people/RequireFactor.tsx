import { Switch } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Tenant } from "../../api/model";
import { meQuery, useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";

/** Whether everybody of the company needs a second factor. */
export function RequireFactor() {
  const { t } = useSpeech();
  const toasts = useToasts();
  const { tenant } = useMe();
  const require = useRequireFactor();
  return (
    <Panel title={t("factor.title")}>
      <Switch
        label={t("factor.require")}
        description={t("factor.requireHint")}
        checked={require.isPending ? require.variables : tenant.requireSecondFactor}
        disabled={require.isPending}
        onChange={({ currentTarget }) =>
          require.mutate(currentTarget.checked, {
            onSuccess: toasts.saved,
            onError: toasts.failed,
          })
        }
      />
    </Panel>
  );
}

function useRequireFactor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (requireSecondFactor: boolean) =>
      api.patch<Tenant>("/api/tenant", { requireSecondFactor }),
    // Whoever asks for it may be the first who has to set it up.
    onSuccess: () => queries.invalidateQueries({ queryKey: meQuery().queryKey }),
  });
}
