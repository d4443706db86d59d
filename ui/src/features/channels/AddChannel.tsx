import {
  Anchor,
  Button,
  Group,
  Modal,
  PasswordInput,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import { useSpeech, type TextKey } from "../../lib/i18n";
import type { Platform } from "./Channels";
import { useAddTelegram, useAddWhatsApp } from "./queries";
import { Wrong } from "./Wrong";

interface AddChannelProps {
  platform: Platform | undefined;
  onClose: () => void;
  onMade: (channelId: string) => void;
}

/** What the platform gave; it is asked at once whether that is right. */
export function AddChannel({ platform, onClose, onMade }: AddChannelProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={platform !== undefined}
      onClose={onClose}
      title={platform && t(`channels.add.${platform}`)}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {platform === "whatsapp" && <WhatsAppForm onClose={onClose} onMade={onMade} />}
      {platform === "telegram" && <TelegramForm onClose={onClose} onMade={onMade} />}
    </Modal>
  );
}

type FormProps = Omit<AddChannelProps, "platform">;

const DIGITS = /^\d{1,40}$/;
const BOT_TOKEN = /^\d{1,20}:[\w-]{5,200}$/;

function WhatsAppForm({ onClose, onMade }: FormProps) {
  const add = useAddWhatsApp();
  const number = useField(DIGITS, "channels.field.digits");
  const account = useField(/^\d{0,40}$/, "channels.field.digits");
  const token = useField(/^[!-~]{8,1000}$/, "channels.field.missing");
  const secret = useField(/^[!-~]{8,200}$/, "channels.field.missing");
  return (
    <Form
      error={add.error}
      pending={add.isPending}
      fields={[number, account, token, secret]}
      onClose={onClose}
      onSend={() =>
        add.mutate(
          {
            phoneNumberId: number.value,
            token: token.value,
            appSecret: secret.value,
            accountId: account.value || null,
          },
          { onSuccess: ({ id }) => onMade(id) },
        )
      }
    >
      {(tried) => (
        <>
          <Field field={number} name="number" tried={tried} focus />
          <Field field={account} name="account" tried={tried} />
          <Field field={token} name="token" tried={tried} hidden />
          <Field field={secret} name="secret" tried={tried} hidden />
        </>
      )}
    </Form>
  );
}

function TelegramForm({ onClose, onMade }: FormProps) {
  const add = useAddTelegram();
  const token = useField(BOT_TOKEN, "channels.field.botTokenWrong");
  return (
    <Form
      error={add.error}
      pending={add.isPending}
      fields={[token]}
      onClose={onClose}
      onSend={() =>
        add.mutate({ token: token.value }, { onSuccess: ({ id }) => onMade(id) })
      }
    >
      {(tried) => (
        <>
          <NewBot />
          <Field field={token} name="botToken" tried={tried} hidden focus />
        </>
      )}
    </Form>
  );
}

const BOT_FATHER = "https://t.me/BotFather";

/** Where a token comes from, for who has none. */
function NewBot() {
  const { t } = useSpeech();
  return (
    <Text size="sm">
      {t("channels.newBot")}{" "}
      <Anchor href={BOT_FATHER} target="_blank" rel="noreferrer">
        {t("channels.newBotLink")}
      </Anchor>
    </Text>
  );
}

interface FieldState {
  value: string;
  set: (value: string) => void;
  good: boolean;
  wrong: TextKey;
}

export function useField(pattern: RegExp, wrong: TextKey): FieldState {
  const [value, set] = useState("");
  const trimmed = value.trim();
  return { value: trimmed, set, good: pattern.test(trimmed), wrong };
}

interface FieldProps {
  field: FieldState;
  name: "number" | "account" | "token" | "secret" | "botToken";
  tried: boolean;
  hidden?: boolean;
  focus?: boolean;
}

export function Field({ field, name, tried, hidden = false, focus = false }: FieldProps) {
  const { t } = useSpeech();
  const shared = {
    label: t(`channels.field.${name}`),
    description: t(`channels.field.${name}Hint`),
    autoComplete: "off",
    error: tried && !field.good && t(field.wrong),
    onChange: (event: { currentTarget: { value: string } }) =>
      field.set(event.currentTarget.value),
    ...(focus ? { "data-autofocus": true } : {}),
  };
  if (!hidden) return <TextInput {...shared} />;
  const toggle = { "aria-label": t("channels.field.show", { what: shared.label }) };
  return <PasswordInput {...shared} visibilityToggleButtonProps={toggle} />;
}

interface WholeFormProps {
  error: Error | null;
  pending: boolean;
  fields: FieldState[];
  onClose: () => void;
  onSend: () => void;
  children: (tried: boolean) => React.ReactNode;
}

function Form({ error, pending, fields, onClose, onSend, children }: WholeFormProps) {
  const { t } = useSpeech();
  const [tried, setTried] = useState(false);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (!pending && fields.every(({ good }) => good)) onSend();
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Wrong error={error} />
        {children(tried)}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={pending}>
            {t("channels.addNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
