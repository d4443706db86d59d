import { Button, Select, Skeleton, Text, TextInput } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import type { AuditLine } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Audit.module.css";
import { subjectOf, tellDetails } from "./details";
import { ACTIONS, readAuditFilters, type AuditFilters } from "./filters";
import { actingKeysQuery, actorsQuery, auditQuery } from "./queries";

interface AuditScreenProps {
  filters: AuditFilters;
  onFilter: (filters: AuditFilters) => void;
}

/** What was changed in the accounts, by whom and when. */
export function AuditScreen({ filters, onFilter }: AuditScreenProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const log = useInfiniteQuery(auditQuery(filters, tenant.timeZone));
  const retry = () => void log.refetch();
  const lines = log.data?.pages.flatMap(({ items }) => items) ?? [];

  return (
    <Page title={t("audit.title")} intro={t("audit.intro")}>
      <Filters filters={filters} onFilter={onFilter} />
      {log.isError && log.data !== undefined && <Stale onRetry={retry} />}
      <Panel flush>
        {log.isPending && <Skeleton height={320} />}
        {log.isError && log.data === undefined && (
          <Failed error={log.error} onRetry={retry} />
        )}
        {log.data !== undefined && lines.length === 0 && (
          <Empty
            icon={<IconHistory size={28} />}
            title={t("audit.empty")}
            text={t("audit.emptyHint")}
          />
        )}
        {lines.length > 0 && (
          <ul className={classes.list}>
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ul>
        )}
        {log.hasNextPage && (
          <div className={classes.more}>
            <Button
              variant="default"
              loading={log.isFetchingNextPage}
              onClick={() => void log.fetchNextPage()}
            >
              {t("audit.older")}
            </Button>
          </div>
        )}
      </Panel>
    </Page>
  );
}

function Filters({ filters, onFilter }: AuditScreenProps) {
  const { t } = useSpeech();
  const people = useQuery(actorsQuery()).data?.items ?? [];
  const keys = useQuery(actingKeysQuery()).data?.items ?? [];
  return (
    <div className={classes.filters} role="search">
      <Select
        label={t("audit.what")}
        placeholder={t("audit.all")}
        data={ACTIONS.map((value) => ({ value, label: t(`audit.action.${value}`) }))}
        value={filters.action ?? null}
        searchable
        nothingFoundMessage={t("audit.empty")}
        clearable
        clearButtonProps={{ "aria-label": t("audit.all") }}
        onChange={(action) =>
          onFilter({ ...filters, action: readAuditFilters({ action }).action })
        }
      />
      <Select
        label={t("audit.who")}
        placeholder={t("audit.anybody")}
        data={[
          { group: t("audit.people"), items: people.map(asOption) },
          { group: t("audit.keys"), items: keys.map(asOption) },
        ]}
        value={filters.actor ?? null}
        clearable
        clearButtonProps={{ "aria-label": t("audit.anybody") }}
        onChange={(actor) => onFilter({ ...filters, actor: actor ?? undefined })}
      />
      <TextInput
        type="date"
        label={t("audit.from")}
        value={filters.from ?? ""}
        max={filters.to}
        onChange={({ currentTarget: { value } }) =>
          onFilter({ ...filters, from: value === "" ? undefined : value })
        }
      />
      <TextInput
        type="date"
        label={t("audit.to")}
        value={filters.to ?? ""}
        min={filters.from}
        onChange={({ currentTarget: { value } }) =>
          onFilter({ ...filters, to: value === "" ? undefined : value })
        }
      />
    </div>
  );
}

function asOption({ id, name }: { id: string; name: string }) {
  return { value: id, label: name };
}

function Line({ line }: { line: AuditLine }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const by = t(`audit.by.${line.actorKind}`, { name: line.actorName ?? "" });
  return (
    <li className={classes.line}>
      <Text size="xs" c="dimmed" className="number">
        {showMoment(locale, tenant.timeZone, line.at)}
      </Text>
      <div>
        <Text size="sm" fw={560}>
          {t(`audit.action.${line.action}`)}
        </Text>
        <Text size="xs" c="dimmed">
          {by}
        </Text>
      </div>
      <div>
        <Subject line={line} />
        <Details line={line} />
      </div>
    </li>
  );
}

/** A sale has a screen of its own, and no name. */
function Subject({ line }: { line: AuditLine }) {
  const { t } = useSpeech();
  if (line.action.startsWith("sale_") && line.subjectId !== null) {
    return (
      <LinkText to="/sales" search={{ sale: line.subjectId }} size="sm">
        {t("fact.sale.open")}
      </LinkText>
    );
  }
  return <Text size="sm">{subjectOf(t, line)}</Text>;
}

function Details({ line }: { line: AuditLine }) {
  const { t } = useSpeech();
  const told = tellDetails(t, line);
  if (line.requestId !== null) told.push(t("audit.request", { id: line.requestId }));
  return (
    <Text size="xs" c="dimmed">
      {told.join(" · ")}
    </Text>
  );
}
