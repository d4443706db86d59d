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

import type { NewPaymentAccount } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { useAddAccount } from "./queries";

type Gateway = NewPaymentAccount["gateway"];
type Field =
  | "pixKey"
  | "merchantName"
  | "city"
  | "accessToken"
  | "webhookSecret"
  | "customerId"
  | "payerEmail";

export const GATEWAYS = [
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

/** A key of one's own, or a gateway, with what each needs. */
export function AddAccount({ onDone }: { onDone: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const add = useAddAccount();
  const [gateway, setGateway] = useState<Gateway>("static");
  const [name, setName] = useState("");
  const [given, setGiven] = useState<Partial<Record<Field, string>>>({});
  const [tried, setTried] = useState(false);
  const fields = FIELDS[gateway];
  const own = gateway === "static" || gateway === "webhook";
  const needed = (field: Field) =>
    NEEDED.includes(field) || (own && field === "merchantName");
  const missing = (field: Field) => needed(field) && !given[field]?.trim();

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || fields.some(missing) || add.isPending) return;
    const terms = Object.fromEntries(
      fields.flatMap((field) => {
        const value = given[field]?.trim();
        return value ? [[field, value]] : [];
      }),
    );
    add.mutate(
      { gateway, name: name.trim(), ...terms },
      {
        onError: toasts.failed,
        onSuccess: () => {
          toasts.saved();
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
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
          <Button type="submit" loading={add.isPending}>
            {t("payments.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
