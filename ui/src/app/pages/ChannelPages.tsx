import { getRouteApi } from "@tanstack/react-router";

import { ChannelsScreen } from "../../features/channels/Channels";
import { ChannelScreen } from "../../features/channels/ChannelScreen";

const all = getRouteApi("/signed-in/settings/channels");
const one = getRouteApi("/signed-in/settings/channels/$channelId");

export function ChannelsPage() {
  const navigate = all.useNavigate();
  return (
    <ChannelsScreen
      onMade={(channelId) =>
        void navigate({ to: "/settings/channels/$channelId", params: { channelId } })
      }
    />
  );
}

export function ChannelPage() {
  const { channelId } = one.useParams();
  const navigate = one.useNavigate();
  return (
    <ChannelScreen
      key={channelId}
      channelId={channelId}
      onDeleted={() => void navigate({ to: "/settings/channels" })}
    />
  );
}
