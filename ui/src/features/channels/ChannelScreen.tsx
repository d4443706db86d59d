import { Badge, Group, Skeleton } from "@mantine/core";
import { IconMessageCircleOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { LinkButton, LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { Actions } from "./Actions";
import { ChannelFacts, ChannelSigns } from "./Channels";
import { CheckPanel } from "./CheckPanel";
import { Held } from "./Held";
import { channelsQuery } from "./queries";
import { Steps } from "./Steps";

interface ChannelScreenProps {
  channelId: string;
  onDeleted: () => void;
}

/** One number or bot: whether it is connected, and how that is done. */
export function ChannelScreen({ channelId, onDeleted }: ChannelScreenProps) {
  const { t } = useSpeech();
  const channels = useQuery(channelsQuery());
  const channel = channels.data?.items.find(({ id }) => id === channelId);
  if (channel === undefined) {
    return (
      <Page title={t("nav.channels")}>
        <Panel>
          {channels.isPending && <Skeleton height={320} />}
          {channels.isError && channels.data === undefined && (
            <Failed error={channels.error} onRetry={() => void channels.refetch()} />
          )}
          {channels.data !== undefined && (
            <Empty
              icon={<IconMessageCircleOff size={28} />}
              title={t("channels.gone")}
              action={
                <LinkButton to="/settings/channels">{t("channels.back")}</LinkButton>
              }
            />
          )}
        </Panel>
      </Page>
    );
  }
  return (
    <Page
      title={channel.name}
      intro={
        <>
          <LinkText to="/settings/channels" size="sm">
            {t("channels.back")}
          </LinkText>
          <Group gap="xs" mt={4}>
            <Badge size="sm" variant="default" tt="none">
              {t(`channels.platform.${channel.platform}`)}
            </Badge>
            <ChannelFacts channel={channel} />
            <ChannelSigns channel={channel} />
          </Group>
        </>
      }
      actions={<Actions channel={channel} onDeleted={onDeleted} />}
    >
      <Held channel={channel} />
      <CheckPanel channel={channel} />
      <Steps channel={channel} />
    </Page>
  );
}
