import { Badge, Button, Text } from "@mantine/core";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ListedSource } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Facts, Listed, Row } from "../../components/Listed";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { AddSource } from "./AddSource";
import { sourcesQuery } from "./queries";

/** The systems that tell of contacts, and how it goes with each. */
export function Crm({ onMade }: { onMade: (sourceId: string) => void }) {
  const { t } = useSpeech();
  const sources = useQuery(sourcesQuery());
  const [adding, setAdding] = useState(false);
  const add = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => setAdding(true)}
    >
      {t("crm.add")}
    </Button>
  );

  return (
    <Page title={t("nav.crm")} intro={t("crm.intro")} actions={add}>
      {sources.isRefetchError && <Stale onRetry={() => void sources.refetch()} />}
      <Panel flush title={t("crm.sources")}>
        <Listed
          query={sources}
          empty={{
            icon: <IconPlugConnected size={28} />,
            title: t("crm.empty"),
            text: t("crm.emptyHint"),
          }}
          row={(source) => <SourceRow key={source.id} source={source} />}
        />
      </Panel>
      <AddSource opened={adding} onClose={() => setAdding(false)} onMade={onMade} />
    </Page>
  );
}

function SourceRow({ source }: { source: ListedSource }) {
  const { t } = useSpeech();
  return (
    <Row
      name={
        <LinkText
          to="/settings/crm/$sourceId"
          params={{ sourceId: source.id }}
          fw={560}
          size="sm"
        >
          {source.name}
        </LinkText>
      }
      kind={t(`crm.kind.${source.kind}`)}
      signs={<SourceSigns source={source} />}
    >
      <SourceFacts source={source} />
    </Row>
  );
}

/** What is not as it should be. */
export function SourceSigns({ source }: { source: ListedSource }) {
  const { t } = useSpeech();
  return (
    <>
      {!source.enabled && (
        <Badge size="sm" color="gray" tt="none">
          {t("crm.off")}
        </Badge>
      )}
      {source.failed > 0 && (
        <Badge size="sm" color="red" variant="light" tt="none">
          {t("crm.failed", { count: source.failed })}
        </Badge>
      )}
    </>
  );
}

export function SourceFacts({ source }: { source: ListedSource }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  if (source.lastReceivedAt === null) {
    return (
      <Text size="xs" c="dimmed">
        {t("crm.never")}
      </Text>
    );
  }
  return (
    <Facts>
      <span>
        {t("crm.last", {
          time: showMoment(locale, tenant.timeZone, source.lastReceivedAt),
        })}
      </span>
      <span>{t("crm.lastDay", { count: source.lastDay })}</span>
    </Facts>
  );
}
