import { Skeleton, Text } from "@mantine/core";
import { IconBellOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { AlertRule } from "../../api/model";
import { useMe } from "../../api/queries";
import { Answer } from "../../components/Answer";
import { LinkButton, LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Alerts.module.css";
import { EditRule } from "./EditRule";
import { Firings } from "./Firings";
import type { FiringFilters } from "./filters";
import { historyQuery, rulesQuery } from "./queries";
import { RuleActions } from "./RuleActions";
import { StateBadge } from "./StateBadge";
import { WatchPlot } from "./WatchPlot";
import { Webhook } from "./Webhook";
import { useWeeks, WeeksChoice } from "./WeeksChoice";
import { useAge, useFigure, useRuleWords } from "./words";

interface RuleScreenProps {
  ruleId: string;
  editing: boolean;
  onEditing: (editing: boolean) => void;
  firingState: FiringFilters["state"];
  onFiringState: (state: FiringFilters["state"]) => void;
  onDeleted: () => void;
}

/** One rule: what it watches, how that went, and what it has told. */
export function RuleScreen(props: RuleScreenProps) {
  const { t } = useSpeech();
  const { user } = useMe();
  const rules = useQuery(rulesQuery());
  const rule = rules.data?.items.find(({ id }) => id === props.ruleId);
  if (rule === undefined) {
    return (
      <Page title={t("alert.title")}>
        <Panel>
          {rules.isPending && <Skeleton height={320} />}
          {rules.isError && rules.data === undefined && (
            <Failed error={rules.error} onRetry={() => void rules.refetch()} />
          )}
          {rules.data !== undefined && (
            <Empty
              icon={<IconBellOff size={28} />}
              title={t("alert.gone")}
              text={t("alert.goneHint")}
              action={<LinkButton to="/alerts">{t("alert.back")}</LinkButton>}
            />
          )}
        </Panel>
      </Page>
    );
  }
  const mayChange = user.role === "admin";
  if (props.editing && mayChange)
    return <EditRule rule={rule} onEditing={props.onEditing} />;
  return (
    <Shown {...props} rule={rule} mayChange={mayChange} asOf={rules.dataUpdatedAt} />
  );
}

interface ShownProps extends RuleScreenProps {
  rule: AlertRule;
  mayChange: boolean;
  asOf: number;
}

function Shown({ rule, mayChange, asOf, ...props }: ShownProps) {
  const ruleWords = useRuleWords();
  const { t } = useSpeech();
  return (
    <Page
      title={rule.name}
      intro={
        <>
          <div>{ruleWords(rule)}</div>
          <LinkText to="/alerts" inherit>
            {t("alert.back")}
          </LinkText>
        </>
      }
      actions={
        mayChange && (
          <RuleActions
            rule={rule}
            onEdit={() => props.onEditing(true)}
            onDeleted={props.onDeleted}
          />
        )
      }
    >
      <Standing rule={rule} asOf={asOf} />
      <Past rule={rule} />
      <Firings
        filters={{ rule: rule.id, state: props.firingState }}
        onFilters={({ state }) => props.onFiringState(state)}
      />
      <Webhook rule={rule} mayChange={mayChange} />
    </Page>
  );
}

function Standing({ rule, asOf }: { rule: AlertRule; asOf: number }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const figure = useFigure();
  const age = useAge();
  return (
    <Panel>
      <div className={classes.standing}>
        <div>
          <StateBadge state={rule.state} />
          <Text size="sm" c="dimmed" mt={4}>
            {t("alert.since", { time: age(rule.stateSince, asOf) })}
          </Text>
        </div>
        {rule.lastValue !== null && (
          <div>
            <div className={classes.figure}>{figure(rule.lastValue)}</div>
            <Text size="sm" c="dimmed">
              {rule.lastExpected === null
                ? t("alert.last")
                : t("alert.expectedIs", { value: figure(rule.lastExpected) })}
            </Text>
          </div>
        )}
        <Text size="sm" c="dimmed" maw={520}>
          {t(`alert.stateHint.${rule.state}`)}
          {rule.lastEvaluatedAt !== null &&
            ` ${t("alert.lookedAt", {
              time: showMoment(locale, tenant.timeZone, rule.lastEvaluatedAt),
            })}`}
        </Text>
      </div>
    </Panel>
  );
}

function Past({ rule }: { rule: AlertRule }) {
  const { t } = useSpeech();
  const [weeks, setWeeks] = useWeeks();
  const history = useQuery(historyQuery(rule.id, weeks));
  return (
    <Panel
      title={t("alert.past")}
      actions={<WeeksChoice weeks={weeks} onWeeks={setWeeks} />}
    >
      <Answer query={history} waiting={<Skeleton height={320} />}>
        {(data) => <WatchPlot history={data} rule={rule} supposed={false} />}
      </Answer>
    </Panel>
  );
}
