import { Button, Group, SegmentedControl, Select, Skeleton, Text } from "@mantine/core";
import { IconBellOff, IconFilterOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { AlertFiring, AlertRule } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { showMoment } from "../../lib/time";
import classes from "./Alerts.module.css";
import { Deliveries } from "./Deliveries";
import { FIRING_STATES, type FiringFilters } from "./filters";
import { firingsQuery } from "./queries";
import { useAge, useFigure } from "./words";

interface FiringsProps {
  /** To choose one of them; without it the rule is settled. */
  rules?: readonly AlertRule[];
  filters: FiringFilters;
  onFilters: (filters: FiringFilters) => void;
}

/** Each time that a rule fired: how far off it was, for how long, and who heard of it. */
export function Firings({ rules, filters, onFilters }: FiringsProps) {
  const { t } = useSpeech();
  const firings = useInfiniteQuery(firingsQuery(filters));
  const retry = () => void firings.refetch();
  const items = firings.data?.pages.flatMap((page) => page.items) ?? [];
  // Where there are no rules, there is nothing to say about their history.
  if (rules?.length === 0 && items.length === 0 && filters.state === undefined)
    return null;
  return (
    <Panel
      flush
      title={t("alert.firings")}
      actions={<FiringFilter rules={rules} filters={filters} onFilters={onFilters} />}
    >
      {firings.isPending && <Skeleton height={120} m="md" mt={0} w="auto" />}
      {firings.isError && firings.data === undefined && (
        <Failed error={firings.error} onRetry={retry} />
      )}
      {firings.isError && firings.data !== undefined && <Stale onRetry={retry} />}
      {firings.data !== undefined && items.length === 0 && (
        <NoFirings
          filters={filters}
          onFilters={onFilters}
          settled={rules === undefined}
        />
      )}
      {items.length > 0 && (
        <ul
          className={classes.firings}
          aria-label={t("alert.firings")}
          aria-busy={firings.isPlaceholderData}
        >
          {items.map((firing) => (
            <FiringRow
              key={firing.id}
              firing={firing}
              named={rules !== undefined}
              known={rules?.some(({ id }) => id === firing.ruleId) ?? true}
              asOf={firings.dataUpdatedAt}
            />
          ))}
        </ul>
      )}
      {firings.hasNextPage && (
        <Group justify="center" p="sm">
          <Button
            variant="default"
            loading={firings.isFetchingNextPage}
            onClick={() => void firings.fetchNextPage()}
          >
            {t("alert.earlier")}
          </Button>
        </Group>
      )}
    </Panel>
  );
}

const ALL = "all";

function FiringFilter({ rules, filters, onFilters }: FiringsProps) {
  const { t } = useSpeech();
  return (
    <Group gap="xs" className={classes.filters}>
      {rules !== undefined && (rules.length > 1 || filters.rule !== undefined) && (
        <Select
          aria-label={t("alert.rule")}
          w={220}
          data={[
            { value: ALL, label: t("alert.allRules") },
            ...rules.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={filters.rule ?? ALL}
          allowDeselect={false}
          onChange={(rule) =>
            onFilters({
              ...filters,
              rule: rule === ALL || rule === null ? undefined : rule,
            })
          }
        />
      )}
      <SegmentedControl
        aria-label={t("alert.which")}
        data={[ALL, ...FIRING_STATES].map((value) => ({
          value,
          label: t(`alert.which.${oneOf(FIRING_STATES, value) ?? "all"}`),
        }))}
        value={filters.state ?? ALL}
        onChange={(state) =>
          onFilters({ ...filters, state: oneOf(FIRING_STATES, state) })
        }
      />
    </Group>
  );
}

function NoFirings({
  filters,
  onFilters,
  settled,
}: {
  filters: FiringFilters;
  onFilters: (filters: FiringFilters) => void;
  settled: boolean;
}) {
  const { t } = useSpeech();
  const filtered =
    filters.state !== undefined || (!settled && filters.rule !== undefined);
  if (!filtered) {
    return (
      <Empty
        icon={<IconBellOff size={28} />}
        title={t("alert.noFirings")}
        text={t("alert.noFiringsHint")}
      />
    );
  }
  return (
    <Empty
      icon={<IconFilterOff size={28} />}
      title={t("alert.noSuchFirings")}
      action={
        <Button
          variant="default"
          onClick={() =>
            onFilters({ rule: settled ? filters.rule : undefined, state: undefined })
          }
        >
          {t("alert.showAll")}
        </Button>
      }
    />
  );
}

interface FiringRowProps {
  firing: AlertFiring;
  /** Whether it says whose it is. */
  named: boolean;
  /** Whether its rule is still there to look at. */
  known: boolean;
  asOf: number;
}

function FiringRow({ firing, named, known, asOf }: FiringRowProps) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const figure = useFigure();
  const until = firing.recoveredAt === null ? asOf : Date.parse(firing.recoveredAt);
  const time = useAge()(firing.firedAt, until);
  const ending = firing.recoveredAt === null ? "firing" : (firing.ending ?? "recovered");
  return (
    <li className={classes.firing} data-state={ending}>
      <div className={classes.when}>
        <Text size="sm" fw={560} className="number">
          {showMoment(locale, tenant.timeZone, firing.firedAt)}
        </Text>
        <Text size="xs" className={classes.ending}>
          {t(`alert.ending.${ending}`, { time })}
        </Text>
      </div>
      <div className={classes.name}>
        {named && <RuleName firing={firing} known={known} />}
        <Text size="sm" c="dimmed">
          {`${t(`alert.metric.${firing.metric}`)}: `}
          <Text span fw={560} c="var(--mantine-color-text)" className="number">
            {figure(firing.value)}
          </Text>
          {firing.expected !== null &&
            ` · ${t("alert.expectedIs", { value: figure(firing.expected) })}`}
          {firing.threshold !== null &&
            ` · ${t("alert.limitIs", { value: figure(firing.threshold) })}`}
        </Text>
      </div>
      <Deliveries deliveries={firing.deliveries} />
    </li>
  );
}

function RuleName({ firing, known }: { firing: AlertFiring; known: boolean }) {
  if (!known) {
    return (
      <Text size="sm" fw={560}>
        {firing.ruleName}
      </Text>
    );
  }
  return (
    <LinkText
      to="/alerts/$ruleId"
      params={{ ruleId: firing.ruleId }}
      size="sm"
      fw={560}
      c="inherit"
    >
      {firing.ruleName}
    </LinkText>
  );
}
