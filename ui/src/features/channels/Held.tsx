import { Alert, Button, Group, Text } from "@mantine/core";

import type { Channel } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useResumeChannel } from "./queries";

/** Why nothing goes out any more, and how it goes on. */
export function Held({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const resume = useResumeChannel(channel.id);
  if (channel.heldReason === null) return null;
  return (
    <Alert color="red" variant="light" role="status" title={t("channels.held")}>
      <Text size="sm">
        {t("channels.says", {
          platform: t(`channels.platform.${channel.platform}`),
          text: channel.heldReason,
        })}
      </Text>
      <Text size="sm" mt={4}>
        {t("channels.heldHint")}
      </Text>
      <Group mt="sm">
        <Button
          size="compact-sm"
          variant="default"
          loading={resume.isPending}
          onClick={() =>
            resume.mutate(undefined, {
              onSuccess: () => toasts.say(t("channels.resumed")),
              onError: toasts.failed,
            })
          }
        >
          {t("channels.resume")}
        </Button>
      </Group>
    </Alert>
  );
}
