import { Button, Skeleton, Stack, Tooltip } from "@mantine/core";
import { IconPlus, IconWorldPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Site } from "../../api/model";
import { sitesQuery, useMe } from "../../api/queries";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { SiteCard } from "./SiteCard";
import { CreateSite, EditSite } from "./SiteForm";

interface SitesProps {
  creating: boolean;
  onCreating: (creating: boolean) => void;
  /** The site whose code is shown; `none` if all are closed. */
  openSite: string | undefined;
  onOpenSite: (site: string) => void;
}

export function SitesScreen({ creating, onCreating, openSite, onOpenSite }: SitesProps) {
  const { t } = useSpeech();
  const { user } = useMe();
  const toasts = useToasts();
  const sites = useQuery(sitesQuery());
  const mayChange = user.role === "admin";
  const newSite = <NewSite disabled={!mayChange} onClick={() => onCreating(true)} />;
  const retry = () => void sites.refetch();

  return (
    <Page
      title={t("sites.title")}
      intro={t("sites.intro")}
      actions={(sites.data?.items.length ?? 0) > 0 && newSite}
    >
      {sites.isPending && <Loading />}
      {sites.isError && sites.data === undefined && (
        <Panel>
          <Failed error={sites.error} onRetry={retry} />
        </Panel>
      )}
      {sites.isError && sites.data !== undefined && <Stale onRetry={retry} />}
      {sites.data?.items.length === 0 && (
        <Panel>
          <Empty
            icon={<IconWorldPlus size={28} />}
            title={t("sites.none")}
            text={t("sites.noneText")}
            action={newSite}
          />
        </Panel>
      )}
      {sites.data !== undefined && sites.data.items.length > 0 && (
        <SiteList
          sites={sites.data.items}
          mayChange={mayChange}
          openSite={openSite}
          onOpenSite={onOpenSite}
        />
      )}
      <CreateSite
        opened={creating && mayChange}
        onClose={() => onCreating(false)}
        onCreated={(site) => {
          toasts.say(t("sites.created"));
          onOpenSite(site.id);
        }}
      />
    </Page>
  );
}

function NewSite({ disabled, onClick }: { disabled: boolean; onClick: () => void }) {
  const { t } = useSpeech();
  return (
    <Tooltip label={t("role.readOnly")} disabled={!disabled}>
      <Button
        leftSection={<IconPlus size={16} aria-hidden="true" />}
        data-disabled={disabled || undefined}
        aria-disabled={disabled}
        onClick={(event) => {
          if (disabled) event.preventDefault();
          else onClick();
        }}
      >
        {t("sites.new")}
      </Button>
    </Tooltip>
  );
}

interface SiteListProps {
  sites: readonly Site[];
  mayChange: boolean;
  openSite: string | undefined;
  onOpenSite: (site: string) => void;
}

function SiteList({ sites, mayChange, openSite, onOpenSite }: SiteListProps) {
  const [editing, setEditing] = useState<Site | null>(null);
  // Decided once: a site whose first event arrives must not close under one's eyes.
  const [waiting] = useState(() => sites.find((site) => site.firstEventAt === null)?.id);
  const open = openSite ?? waiting;
  return (
    <Stack gap="md" component="ul" p={0} m={0}>
      {sites.map((site) => (
        <SiteCard
          key={site.id}
          site={site}
          opened={site.id === open}
          onToggle={() => onOpenSite(site.id === open ? "none" : site.id)}
          onEdit={mayChange ? () => setEditing(site) : undefined}
        />
      ))}
      {editing !== null && <EditSite site={editing} onClose={() => setEditing(null)} />}
    </Stack>
  );
}

function Loading() {
  const { t } = useSpeech();
  return (
    <Stack gap="md">
      <span className="visually-hidden" role="status">
        {t("state.loading")}
      </span>
      <Skeleton height={92} radius="lg" />
      <Skeleton height={92} radius="lg" />
    </Stack>
  );
}
