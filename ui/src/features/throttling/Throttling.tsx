import { Alert, Skeleton } from "@mantine/core";
import { IconAdjustmentsOff, IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { useMe } from "../../api/queries";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { AddRule } from "./AddRule";
import { throttlingQuery, useResetRule, useSaveRule, type Rule } from "./queries";
import { RuleRow } from "./RuleRow";
import classes from "./Throttling.module.css";

/** How much of each event type is kept. */
export function ThrottlingScreen() {
  const { t } = useSpeech();
  const throttling = useQuery(throttlingQuery());
  const retry = () => void throttling.refetch();
  return (
    <Page title={t("events.title")} intro={t("events.intro")}>
      {throttling.data?.enabled === false && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconInfoCircle aria-hidden="true" />}
        >
          {t("events.off")}
        </Alert>
      )}
      {throttling.isError && throttling.data !== undefined && <Stale onRetry={retry} />}
      <Panel flush>
        {throttling.isPending && <Skeleton height={320} />}
        {throttling.isError && throttling.data === undefined && (
          <Failed error={throttling.error} onRetry={retry} />
        )}
        {throttling.data !== undefined && <Rules rules={throttling.data.items} />}
      </Panel>
    </Page>
  );
}

function Rules({ rules }: { rules: readonly (Rule & { isDefault: boolean })[] }) {
  const { t } = useSpeech();
  const { user } = useMe();
  const toasts = useToasts();
  const saveRule = useSaveRule();
  const resetRule = useResetRule();
  const mayChange = user.role === "admin";
  const say = { onSuccess: toasts.saved, onError: toasts.failed };

  return (
    <>
      {rules.length === 0 ? (
        <Empty
          icon={<IconAdjustmentsOff size={28} />}
          title={t("events.none")}
          text={t("events.noneText")}
        />
      ) : (
        <>
          <div className={classes.head} aria-hidden="true">
            <span>{t("events.type")}</span>
            <span>{t("events.rate")}</span>
            <span>{t("events.always")}</span>
          </div>
          <ul className={classes.rules}>
            {rules.map((rule) => (
              <RuleRow
                key={rule.eventType}
                rule={rule}
                mayChange={mayChange}
                onSave={(changed) => saveRule.mutate(changed, say)}
                onReset={() => resetRule.mutate(rule.eventType, say)}
              />
            ))}
          </ul>
        </>
      )}
      {mayChange && (
        <AddRule
          known={rules.map((rule) => rule.eventType)}
          onAdd={(eventType) =>
            saveRule.mutate({ eventType, samplingRate: 100, alwaysKeep: false }, say)
          }
        />
      )}
    </>
  );
}
