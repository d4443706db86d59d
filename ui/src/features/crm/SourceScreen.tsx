import { Group, Skeleton } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { ListedSource } from "../../api/model";
import { OnceShown } from "../../components/OnceShown";
import { LinkButton, LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { SourceFacts, SourceSigns } from "./Crm";
import { MappingPanel } from "./MappingPanel";
import { sourcesQuery, useSecret } from "./queries";
import { Received } from "./Received";
import { SourceActions } from "./SourceActions";
import { Steps } from "./Steps";
import { Test } from "./Test";

interface SourceScreenProps {
  sourceId: string;
  onDeleted: () => void;
}

/** One source: setting it up, trying it, and what it sent. */
export function SourceScreen({ sourceId, onDeleted }: SourceScreenProps) {
  const { t } = useSpeech();
  const sources = useQuery(sourcesQuery());
  const source = sources.data?.items.find(({ id }) => id === sourceId);
  if (source !== undefined) return <Shown source={source} onDeleted={onDeleted} />;
  return (
    <Page title={t("nav.crm")}>
      <Panel>
        {sources.isPending && <Skeleton height={320} />}
        {sources.isError && sources.data === undefined && (
          <Failed error={sources.error} onRetry={() => void sources.refetch()} />
        )}
        {sources.data !== undefined && (
          <Empty
            icon={<IconPlugConnectedX size={28} />}
            title={t("crm.gone")}
            action={<LinkButton to="/settings/crm">{t("crm.back")}</LinkButton>}
          />
        )}
      </Panel>
    </Page>
  );
}

function Shown({ source, onDeleted }: { source: ListedSource; onDeleted: () => void }) {
  const { t } = useSpeech();
  const secret = useSecret(source.id);
  return (
    <Page
      title={source.name}
      intro={
        <>
          <LinkText to="/settings/crm" size="sm">
            {t("crm.back")}
          </LinkText>
          <Group gap="xs" mt={4}>
            <SourceFacts source={source} />
            <SourceSigns source={source} />
          </Group>
        </>
      }
      actions={<SourceActions source={source} onDeleted={onDeleted} />}
    >
      {secret !== undefined && (
        <Panel title={t("crm.secret")}>
          <OnceShown
            label={t("crm.secret")}
            text={secret}
            copy={t("crm.secretCopy")}
            hint={t("crm.secretOnce")}
            rows={1}
          />
        </Panel>
      )}
      {source.kind === "ghl" ? (
        <Steps source={source} secret={secret} />
      ) : (
        <MappingPanel source={source} secret={secret} />
      )}
      <Test source={source} secret={secret} />
      <Received source={source} />
    </Page>
  );
}
