import { Badge, Button, Group } from "@mantine/core";
import {
  IconBrandTelegram,
  IconBrandWhatsapp,
  IconMessageCircle,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Channel } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Facts, Listed, Row } from "../../components/Listed";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { AddChannel } from "./AddChannel";
import { channelsQuery } from "./queries";

export type Platform = Channel["platform"];

export const ICONS = { whatsapp: IconBrandWhatsapp, telegram: IconBrandTelegram };

/** The numbers and bots that people write to. */
export function ChannelsScreen({ onMade }: { onMade: (channelId: string) => void }) {
  const { t } = useSpeech();
  const channels = useQuery(channelsQuery());
  const [adding, setAdding] = useState<Platform>();
  const add = (
    <Group gap="sm">
      {(["whatsapp", "telegram"] as const).map((platform) => {
        const Icon = ICONS[platform];
        return (
          <Button
            key={platform}
            variant={platform === "whatsapp" ? "filled" : "default"}
            leftSection={<Icon size={16} aria-hidden="true" />}
            onClick={() => setAdding(platform)}
          >
            {t(`channels.add.${platform}`)}
          </Button>
        );
      })}
    </Group>
  );

  return (
    <Page title={t("nav.channels")} intro={t("channels.intro")} actions={add}>
      {channels.isRefetchError && <Stale onRetry={() => void channels.refetch()} />}
      <Panel flush title={t("channels.list")}>
        <Listed
          query={channels}
          empty={{
            icon: <IconMessageCircle size={28} />,
            title: t("channels.empty"),
            text: t("channels.emptyHint"),
          }}
          row={(channel) => <ChannelRow key={channel.id} channel={channel} />}
        />
      </Panel>
      <AddChannel
        platform={adding}
        onClose={() => setAdding(undefined)}
        onMade={onMade}
      />
    </Page>
  );
}

function ChannelRow({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  return (
    <Row
      name={
        <LinkText
          to="/settings/channels/$channelId"
          params={{ channelId: channel.id }}
          fw={560}
          size="sm"
        >
          {channel.name}
        </LinkText>
      }
      kind={t(`channels.platform.${channel.platform}`)}
      signs={<ChannelSigns channel={channel} />}
    >
      <ChannelFacts channel={channel} />
    </Row>
  );
}

/** What is not as it should be. */
export function ChannelSigns({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  const wanting = !channel.hasToken || channel.secrets === 0;
  return (
    <>
      {!channel.enabled && (
        <Badge size="sm" color="gray" tt="none">
          {t("channels.off")}
        </Badge>
      )}
      {channel.enabled && wanting && (
        <Badge size="sm" color="orange" variant="light" tt="none">
          {t("channels.incomplete")}
        </Badge>
      )}
      {channel.heldReason !== null && (
        <Badge size="sm" color="red" variant="light" tt="none">
          {t("channels.held")}
        </Badge>
      )}
    </>
  );
}

export function ChannelFacts({ channel }: { channel: Channel }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const at = channel.lastReceivedAt;
  return (
    <Facts>
      <span>{channel.display || channel.externalId}</span>
      <span>
        {at === null
          ? t("channels.never")
          : t("channels.last", { time: showMoment(locale, tenant.timeZone, at) })}
      </span>
    </Facts>
  );
}
