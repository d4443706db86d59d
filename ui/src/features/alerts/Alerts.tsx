import { Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { useMe } from "../../api/queries";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { FirstRule } from "./FirstRule";
import { Firings } from "./Firings";
import type { FiringFilters } from "./filters";
import { rulesQuery } from "./queries";
import { RuleList } from "./RuleList";

interface AlertsProps {
  filters: FiringFilters;
  onFilters: (filters: FiringFilters) => void;
}

/** The rules with their states, and what has fired. */
export function Alerts({ filters, onFilters }: AlertsProps) {
  const { t } = useSpeech();
  const { user } = useMe();
  const rules = useQuery(rulesQuery());
  const retry = () => void rules.refetch();
  const items = rules.data?.items ?? [];
  const mayChange = user.role === "admin";
  return (
    <Page
      title={t("alert.title")}
      intro={t("alert.intro")}
      actions={
        mayChange &&
        items.length > 0 && (
          <LinkButton
            to="/alerts/new"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
          >
            {t("alert.new")}
          </LinkButton>
        )
      }
    >
      {rules.isError && rules.data !== undefined && <Stale onRetry={retry} />}
      <Panel flush={items.length > 0}>
        {rules.isPending && <Skeleton height={220} />}
        {rules.isError && rules.data === undefined && (
          <Failed error={rules.error} onRetry={retry} />
        )}
        {rules.data !== undefined &&
          (items.length === 0 ? (
            <FirstRule mayChange={mayChange} />
          ) : (
            <RuleList rules={items} mayChange={mayChange} asOf={rules.dataUpdatedAt} />
          ))}
      </Panel>
      {rules.data !== undefined && (
        <Firings rules={items} filters={filters} onFilters={onFilters} />
      )}
    </Page>
  );
}
