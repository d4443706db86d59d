import { Button, Group, Modal, Stack, Switch, Text } from "@mantine/core";
import { IconKey, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState, type SyntheticEvent } from "react";

import type { Channel } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { Field, useField } from "./AddChannel";
import {
  useAddSecret,
  useChangeChannel,
  useDeleteChannel,
  useRemoveSecret,
} from "./queries";
import { Wrong } from "./Wrong";

interface ActionsProps {
  channel: Channel;
  onDeleted: () => void;
}

type Question = "token" | "secret" | "delete";

export function Actions({ channel, onDeleted }: ActionsProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangeChannel(channel.id);
  const [asking, setAsking] = useState<Question>();
  const close = () => setAsking(undefined);
  const ask = [
    { what: "token", icon: IconPencil },
    { what: "secret", icon: IconKey },
    { what: "delete", icon: IconTrash },
  ] as const;
  return (
    <Group gap="sm">
      <Switch
        label={t("channels.on")}
        checked={channel.enabled}
        disabled={change.isPending}
        onChange={({ currentTarget }) =>
          change.mutate(
            { enabled: currentTarget.checked },
            { onSuccess: toasts.saved, onError: toasts.failed },
          )
        }
      />
      {ask.map(({ what, icon: Icon }) => (
        <Button
          key={what}
          variant="default"
          leftSection={<Icon size={16} aria-hidden="true" />}
          onClick={() => setAsking(what)}
        >
          {t(`channels.ask.${what}`)}
        </Button>
      ))}
      <Modal
        opened={asking !== undefined}
        onClose={close}
        title={asking && t(`channels.ask.${asking}`)}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {asking === "token" && <TokenForm channel={channel} onDone={close} />}
        {asking === "secret" && <SecretForm channel={channel} onDone={close} />}
        {asking === "delete" && (
          <Delete channel={channel} onDone={close} onDeleted={onDeleted} />
        )}
      </Modal>
    </Group>
  );
}

interface FormProps {
  channel: Channel;
  onDone: () => void;
}

function TokenForm({ channel, onDone }: FormProps) {
  const { t } = useSpeech();
  const change = useChangeChannel(channel.id);
  const isWhatsApp = channel.platform === "whatsapp";
  const token = useField(/^[!-~]{0,1000}$/, "channels.field.missing");
  const account = useField(/^\d{0,40}$/, "channels.field.digits");

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!token.good || !account.good) return;
    const changes = {
      ...(token.value === "" ? {} : { token: token.value }),
      ...(account.value === "" ? {} : { accountId: account.value }),
    };
    change.mutate(changes, { onSuccess: onDone });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Wrong error={change.error} />
        <Text size="sm">{t("channels.tokenHint")}</Text>
        <Field
          field={token}
          name={isWhatsApp ? "token" : "botToken"}
          tried
          hidden
          focus
        />
        {isWhatsApp && <Field field={account} name="account" tried />}
        <Buttons label={t("channels.save")} pending={change.isPending} onDone={onDone} />
      </Stack>
    </form>
  );
}

/** Two steps, so that nothing is refused in between: the new one is added, the old one removed. */
function SecretForm({ channel, onDone }: FormProps) {
  const { t } = useSpeech();
  const add = useAddSecret(channel);
  const remove = useRemoveSecret(channel.id);
  const isWhatsApp = channel.platform === "whatsapp";
  const secret = useField(/^[!-~]{8,200}$/, "channels.field.missing");
  const [tried, setTried] = useState(false);
  const two = channel.secrets > 1;
  const error = add.error ?? remove.error;

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (two) {
      remove.mutate(undefined, { onSuccess: onDone });
    } else if (!isWhatsApp || secret.good) {
      add.mutate(isWhatsApp ? secret.value : null, { onSuccess: onDone });
    }
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Wrong error={error} />
        <Text size="sm">
          {t(two ? "channels.secretTwo" : `channels.secretOne.${channel.platform}`)}
        </Text>
        {isWhatsApp && !two && (
          <Field field={secret} name="secret" tried={tried} hidden focus />
        )}
        <Buttons
          label={t(two ? "channels.secretRemove" : "channels.secretAdd")}
          pending={add.isPending || remove.isPending}
          onDone={onDone}
        />
      </Stack>
    </form>
  );
}

function Delete({ channel, onDone, onDeleted }: FormProps & { onDeleted: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const remove = useDeleteChannel(channel.id);
  return (
    <Stack gap="md">
      <Text size="sm">{t("channels.deleteSure", { name: channel.name })}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t("action.cancel")}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, { onSuccess: onDeleted, onError: toasts.failed })
          }
        >
          {t("channels.ask.delete")}
        </Button>
      </Group>
    </Stack>
  );
}

interface ButtonsProps {
  label: string;
  pending: boolean;
  onDone: () => void;
}

function Buttons({ label, pending, onDone }: ButtonsProps) {
  const { t } = useSpeech();
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onDone}>
        {t("action.cancel")}
      </Button>
      <Button type="submit" loading={pending}>
        {label}
      </Button>
    </Group>
  );
}
