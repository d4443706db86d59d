import { Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Channel } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import classes from "./Channels.module.css";
import { Copied } from "./Copied";
import { useNewVerifyToken, useVerifyToken } from "./queries";

const META = "https://developers.facebook.com/apps";
const FIELDS = "messages";

/** What is entered at the platform, step by step. */
export function Steps({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  return (
    <Panel title={t("channels.steps")} hint={t(`channels.stepsHint.${channel.platform}`)}>
      <ol className={classes.steps}>
        {channel.platform === "whatsapp" ? (
          <WhatsAppSteps channel={channel} />
        ) : (
          <TelegramSteps channel={channel} />
        )}
      </ol>
    </Panel>
  );
}

function WhatsAppSteps({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  return (
    <>
      <Step step="open">
        <Anchor href={META} target="_blank" rel="noreferrer" size="sm">
          {t("channels.how.openLink")}
        </Anchor>
      </Step>
      <Step step="address">
        <Copied what={t("channels.address")} text={channel.webhookUrl} />
        <VerifyToken channel={channel} />
      </Step>
      <Step step="fields">
        <Copied what={t("channels.fields")} text={FIELDS} />
      </Step>
      <Step step="write" />
    </>
  );
}

function TelegramSteps({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  return (
    <>
      <Step step="told">
        <Copied what={t("channels.address")} text={channel.webhookUrl} />
      </Step>
      <Step step="start">
        {channel.display.startsWith("@") && (
          <Copied
            what={t("channels.link")}
            text={`https://t.me/${channel.display.slice(1)}?start=`}
          />
        )}
      </Step>
      <Step step="groups" />
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

function Step({ step, children }: StepProps) {
  const { t } = useSpeech();
  return (
    <li className={classes.step}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {t(`channels.how.${step}`)}
        </Title>
        <Text size="sm" c="dimmed">
          {t(`channels.how.${step}Text`)}
        </Text>
        {children}
      </Stack>
    </li>
  );
}
