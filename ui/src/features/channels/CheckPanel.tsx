import { Badge, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHelpCircle,
  IconRefresh,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Channel, ChannelCheck, CheckItem } from "../../api/model";
import { useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import { Failed } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Channels.module.css";
import { checkQuery, useConnect } from "./queries";

const SIGNS = {
  ok: <IconCircleCheck size={20} color="var(--mantine-color-teal-6)" />,
  wrong: <IconAlertTriangle size={20} color="var(--mantine-color-orange-6)" />,
  unknown: <IconHelpCircle size={20} color="var(--mantine-color-dimmed)" />,
};
const COLOURS = { ok: "teal", wrong: "orange", off: "gray" };
const BY_CONNECTING = ["connect_again", "subscribe"];

/** What the platform itself says of the connection, and what to do. */
export function CheckPanel({ channel }: { channel: Channel }) {
  const { t } = useSpeech();
  const check = useQuery(checkQuery(channel.id));
  const again = () => void check.refetch();
  return (
    <Panel
      title={t("channels.check")}
      hint={t("channels.checkHint")}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconRefresh size={16} aria-hidden="true" />}
          loading={check.isFetching}
          onClick={again}
        >
          {t("channels.checkNow")}
        </Button>
      }
    >
      {check.isPending && <Skeleton height={160} />}
      {check.isError && check.data === undefined && (
        <Failed error={check.error} onRetry={again} />
      )}
      {check.data !== undefined && <Checked channel={channel} check={check.data} />}
    </Panel>
  );
}

function Checked({ channel, check }: { channel: Channel; check: ChannelCheck }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const connect = useConnect(channel.id);
  const fixable = check.items.some(({ toDo }) => BY_CONNECTING.includes(toDo));
  return (
    <Stack gap="md">
      <Group gap="sm" role="status">
        <Badge color={COLOURS[check.state]} variant="light" tt="none">
          {t(`channels.state.${check.state}`)}
        </Badge>
        {check.who !== null && (
          <Text size="sm">
            {[check.who, check.display].filter((one) => one !== null).join(" · ")}
          </Text>
        )}
        {check.quality !== null && (
          <Text size="sm" c="dimmed">
            {t("channels.quality", { quality: check.quality })}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t("channels.checkedAt", {
            time: showMoment(locale, tenant.timeZone, check.checkedAt),
          })}
        </Text>
      </Group>
      <ul className={classes.checks}>
        {check.items.map((item) => (
          <Item key={item.step} channel={channel} item={item} />
        ))}
      </ul>
      {fixable && (
        <Group>
          <Button
            loading={connect.isPending}
            onClick={() =>
              connect.mutate(undefined, {
                onSuccess: toasts.saved,
                onError: toasts.failed,
              })
            }
          >
            {t("channels.connect")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Item({ channel, item }: { channel: Channel; item: CheckItem }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const { step, finding, toDo, found, expected, text } = item;
  const moment =
    step === "received" && typeof found === "string"
      ? showMoment(locale, tenant.timeZone, found)
      : found;
  return (
    <li className={classes.check}>
      <span aria-hidden="true">{SIGNS[finding]}</span>
      <div>
        <Text size="sm" fw={560}>
          {t(`channels.step.${step}`)}: {t(`channels.finding.${finding}`)}
        </Text>
        {toDo !== "none" && (
          <Text size="sm">{t(`channels.todo.${channel.platform}.${group(toDo)}`)}</Text>
        )}
        {typeof moment === "string" && (
          <Text size="xs" c="dimmed">
            {moment}
          </Text>
        )}
        {typeof expected === "string" && finding !== "ok" && (
          <Text size="xs" c="dimmed">
            {t("channels.expected", { what: expected })}
          </Text>
        )}
        {typeof text === "string" && (
          <Text size="xs" c="dimmed">
            {t("channels.says", {
              platform: t(`channels.platform.${channel.platform}`),
              text,
            })}
          </Text>
        )}
      </div>
    </li>
  );
}

const WORDED = [
  "add_token",
  "check_token",
  "check_permissions",
  "add_secret",
  "set_address",
  "connect_again",
  "use_https",
  "add_account",
  "subscribe",
  "write_to_it",
  "wait",
] as const;

/** What this screen has words for; the platform's own words stand below in any case. */
function group(toDo: CheckItem["toDo"]): (typeof WORDED)[number] | "other" {
  return WORDED.find((one) => one === toDo) ?? "other";
}
