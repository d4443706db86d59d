import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Channel } from "../../api/model";
import { Copied } from "../../components/Copied";
import { Panel } from "../../components/Panel";
import { Step, Steps as Numbered } from "../../components/Steps";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useNewVerifyToken, useVerifyToken } from "./queries";

const META = "https://developers.facebook.com/apps";
const FIELDS = "messages";

/** What is entered at the platform, step by step. */
export function Steps({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  return (
    <Panel title={t("channels.steps")} hint={t(`channels.stepsHint.${channel.platform}`)}>
      <Numbered>
        {channel.platform === "whatsapp" ? (
          <WhatsAppSteps channel={channel} />
        ) : (
          <TelegramSteps channel={channel} />
        )}
      </Numbered>
    </Panel>
  );
}

function WhatsAppSteps({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  return (
    <>
      <How step="open">
        <Anchor href={META} target="_blank" rel="noreferrer" size="sm">
          {t("channels.how.openLink")}
        </Anchor>
      </How>
      <How step="address">
        <Copied what={t("channels.address")} text={channel.webhookUrl} />
        <VerifyToken channel={channel} />
      </How>
      <How step="fields">
        <Copied what={t("channels.fields")} text={FIELDS} />
      </How>
      <How step="write" />
    </>
  );
}

function TelegramSteps({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  return (
    <>
      <How step="told">
        <Copied what={t("channels.address")} text={channel.webhookUrl} />
      </How>
      <How step="start">
        {channel.display.startsWith("@") && (
          <Copied
            what={t("channels.link")}
            text={`https://t.me/${channel.display.slice(1)}?start=`}
          />
        )}
      </How>
      <How step="groups" />
    </>
  );
}

function VerifyToken({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const token = useVerifyToken(channel.id);
  const renew = useNewVerifyToken(channel.id);
  return (
    <>
      {token === undefined ? (
        <Text size="sm" c="dimmed">
          {t("channels.verifyHidden")}
        </Text>
      ) : (
        <Copied what={t("channels.verify")} text={token} />
      )}
      <Group>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconKey size={16} aria-hidden="true" />}
          loading={renew.isPending}
          onClick={() => renew.mutate(undefined, { onError: toasts.failed })}
        >
          {t("channels.verifyNew")}
        </Button>
      </Group>
    </>
  );
}

interface StepProps {
  step: "open" | "address" | "fields" | "write" | "told" | "start" | "groups";
  children?: ReactNode;
}

function How({ step, children }: StepProps) {
  const { t } = useSpeech();
  return (
    <Step title={t(`channels.how.${step}`)} text={t(`channels.how.${step}Text`)}>
      {children}
    </Step>
  );
}
