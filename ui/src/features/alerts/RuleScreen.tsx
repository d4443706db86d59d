import { Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconBellOff,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { AlertRule } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkButton, LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Alerts.module.css";
import { Firings } from "./Firings";
import type { FiringFilters } from "./filters";
import { historyQuery, rulesQuery, useChangeRule, useDeleteRule } from "./queries";
import { RuleForm } from "./RuleForm";
import { draftOf } from "./rules";
import { StateBadge } from "./StateBadge";
import { WatchPlot } from "./WatchPlot";
import { SecretShown, Webhook } from "./Webhook";
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
  if (props.editing && mayChange) return <EditRule {...props} rule={rule} />;
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
          <Actions
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
  const retry = () => void history.refetch();
  return (
    <Panel
      title={t("alert.past")}
      actions={<WeeksChoice weeks={weeks} onWeeks={setWeeks} />}
    >
      {history.isPending && <Skeleton height={320} />}
      {history.isError && history.data === undefined && (
        <Failed error={history.error} onRetry={retry} />
      )}
      {history.isError && history.data !== undefined && <Stale onRetry={retry} />}
      {history.data !== undefined && (
        <div
          className={classes.fading}
          data-fading={history.isPlaceholderData || undefined}
          aria-busy={history.isPlaceholderData}
        >
          <WatchPlot history={history.data} rule={rule} supposed={false} />
        </div>
      )}
    </Panel>
  );
}

interface ActionsProps {
  rule: AlertRule;
  onEdit: () => void;
  onDeleted: () => void;
}

function Actions({ rule, onEdit, onDeleted }: ActionsProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangeRule(rule.id);
  const [asked, { open, close }] = useDisclosure();
  const Sign = rule.enabled ? IconPlayerPause : IconPlayerPlay;
  return (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<Sign size={16} aria-hidden="true" />}
        loading={change.isPending}
        onClick={() =>
          change.mutate({ enabled: !rule.enabled }, { onError: toasts.failed })
        }
      >
        {t(rule.enabled ? "alert.pause" : "alert.resume")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden="true" />}
        onClick={onEdit}
      >
        {t("action.edit")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden="true" />}
        onClick={open}
      >
        {t("alert.delete")}
      </Button>
      <DeleteRule rule={rule} opened={asked} onClose={close} onDeleted={onDeleted} />
    </Group>
  );
}

interface DeleteRuleProps {
  rule: AlertRule;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

function DeleteRule({ rule, opened, onClose, onDeleted }: DeleteRuleProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const remove = useDeleteRule(rule.id);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("alert.deleteTitle")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="lg">
        <Text size="sm">{t("alert.deleteText", { name: rule.name })}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(undefined, {
                onSuccess: () => {
                  toasts.say(t("alert.deleted"));
                  onDeleted();
                },
                onError: toasts.failed,
              })
            }
          >
            {t("alert.delete")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function EditRule({ rule, onEditing }: RuleScreenProps & { rule: AlertRule }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangeRule(rule.id);
  // As it was when editing began: news must not write over what somebody writes.
  const [first] = useState(rule);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Page
      title={t("alert.edit")}
      intro={
        <LinkText to="/alerts/$ruleId" params={{ ruleId: rule.id }} inherit>
          {rule.name}
        </LinkText>
      }
    >
      <RuleForm
        draft={draftOf(first)}
        name={first.name}
        webhookUrl={first.webhookUrl ?? ""}
        send={t("action.save")}
        sending={change.isPending}
        error={change.error}
        onCancel={() => onEditing(false)}
        onSend={({ terms, name, webhookUrl }) =>
          change.mutate(
            { ...terms, name, webhookUrl },
            {
              onSuccess: (changed) => {
                toasts.saved();
                if (changed.webhookSecret === null) onEditing(false);
                else setSecret(changed.webhookSecret);
              },
            },
          )
        }
      />
      {secret !== null && (
        <SecretShown ruleId={rule.id} secret={secret} onClose={() => onEditing(false)} />
      )}
    </Page>
  );
}
