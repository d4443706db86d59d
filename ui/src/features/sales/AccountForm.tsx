import {
  Button,
  Group,
  PasswordInput,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { NewPaymentAccount, PaymentAccount } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { useAddAccount, useChangeAccount } from "./queries";

type Gateway = NewPaymentAccount["gateway"];
type Field =
  | "pixKey"
  | "merchantName"
  | "city"
  | "accessToken"
  | "webhookSecret"
  | "customerId"
  | "payerEmail";

const GATEWAYS = [
  "static",
  "webhook",
  "mercadopago",
  "asaas",
  "pushinpay",
] as const satisfies readonly Gateway[];

const OWN = ["pixKey", "merchantName", "city"] as const;
const FIELDS: Readonly<Record<Gateway, readonly Field[]>> = {
  static: OWN,
  webhook: [...OWN, "webhookSecret"],
  mercadopago: ["accessToken", "webhookSecret", "payerEmail", "merchantName"],
  asaas: ["accessToken", "webhookSecret", "customerId", "merchantName"],
  pushinpay: ["accessToken", "merchantName"],
};
const SECRET: readonly Field[] = ["accessToken", "webhookSecret"];
/** Without which it takes no payment. */
const NEEDED: readonly Field[] = [
  "pixKey",
  "city",
  "accessToken",
  "customerId",
  "payerEmail",
];

type Given = Partial<Record<Field, string>>;

interface AccountFormProps {
  /** A new one, if there is none. */
  account?: PaymentAccount;
  onDone: () => void;
}

/** A key of one's own, or a gateway, with what each needs. */
export function AccountForm({ account, onDone }: AccountFormProps) {
  const { t } = useSpeech();
  const sending = useSending(account, onDone);
  const [gateway, setGateway] = useState<Gateway>(account?.gateway ?? "static");
  const [name, setName] = useState(account?.name ?? "");
  const [given, setGiven] = useState<Given>(() => shownOf(account));
  const [tried, setTried] = useState(false);
  const fields = FIELDS[gateway];
  const own = gateway === "static" || gateway === "webhook";
  const needed = (field: Field) =>
    NEEDED.includes(field) || (own && field === "merchantName");
  const isKept = (field: Field) => account !== undefined && holds(account, field);
  const missing = (field: Field) =>
    needed(field) && !isKept(field) && !given[field]?.trim();

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || fields.some(missing) || sending.isPending) return;
    sending.send(gateway, { name: name.trim(), ...termsOf(fields, given) });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {account === undefined && (
          <Select
            label={t("payments.gateway")}
            data={GATEWAYS.map((value) => ({
              value,
              label: t(`payments.gateway.${value}`),
            }))}
            value={gateway}
            onChange={(next) => setGateway(oneOf(GATEWAYS, next) ?? "static")}
            allowDeselect={false}
          />
        )}
        <Text size="sm" c="dimmed">
          {t(`payments.about.${gateway}`)}
        </Text>
        <TextInput
          label={t("payments.name")}
          maxLength={200}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={tried && name.trim() === "" && t("payments.missing")}
        />
        {fields.map((field) => {
          const common = {
            label: t(`payments.field.${field}`),
            description: t(`payments.hint.${field}`),
            autoComplete: "off",
            placeholder: isKept(field) ? t("dest.kept") : undefined,
            value: given[field] ?? "",
            onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
              setGiven({ ...given, [field]: currentTarget.value }),
            error: tried && missing(field) && t("payments.missing"),
          };
          return SECRET.includes(field) ? (
            <PasswordInput
              key={field}
              {...common}
              visibilityToggleButtonProps={{ "aria-label": t("payments.show") }}
            />
          ) : (
            <TextInput key={field} {...common} />
          );
        })}
        <Group justify="flex-end">
          <Button type="submit" loading={sending.isPending}>
            {t("payments.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What is shown of it: never its secrets. */
function shownOf(account: PaymentAccount | undefined): Given {
  if (account === undefined) return {};
  const { pixKey, merchantName, city, customerId, payerEmail } = account;
  const shown = { pixKey, merchantName, city, customerId, payerEmail };
  return Object.fromEntries(
    Object.entries(shown).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/** Whether there is one already, that nobody is shown. */
function holds(account: PaymentAccount, field: Field): boolean {
  if (field === "accessToken") return account.hasAccessToken;
  return field === "webhookSecret" && account.hasWebhookSecret;
}

function termsOf(fields: readonly Field[], given: Given): Given {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = given[field]?.trim();
      return value ? [[field, value]] : [];
    }),
  );
}

function useSending(account: PaymentAccount | undefined, onDone: () => void) {
  const toasts = useToasts();
  const add = useAddAccount();
  const change = useChangeAccount(account?.id ?? "");
  const heard = {
    onError: toasts.failed,
    onSuccess: () => {
      toasts.saved();
      onDone();
    },
  };
  return {
    isPending: add.isPending || change.isPending,
    send: (gateway: Gateway, terms: Given & { name: string }) => {
      if (account === undefined) add.mutate({ gateway, ...terms }, heard);
      else change.mutate(terms, heard);
    },
  };
}
