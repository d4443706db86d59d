import {
  Button,
  Checkbox,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { CURRENCIES } from "../../lib/money";
import { EXAMPLE, readCents } from "./money";
import { useAskPix, useReportSale } from "./queries";

export type Wanted = "sale" | "pix";

interface NewSaleDialogProps {
  wanted: Wanted | undefined;
  /** What most is sold in. */
  currency: string;
  onClose: () => void;
  onMade: (sale: string) => void;
}

/** A sale that somebody enters, or a Pix that somebody asks for. */
export function NewSaleDialog(props: NewSaleDialogProps) {
  const { t } = useSpeech();
  const { wanted, onClose } = props;
  return (
    <Modal
      opened={wanted !== undefined}
      onClose={onClose}
      title={wanted && t(wanted === "pix" ? "sales.askPix" : "sales.new")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {wanted !== undefined && <Form {...props} wanted={wanted} />}
    </Modal>
  );
}

interface Draft {
  amount: string;
  externalId: string;
  description: string;
  buyer: string;
  phone: string;
  email: string;
}

const EMPTY: Draft = {
  amount: "",
  externalId: "",
  description: "",
  buyer: "",
  phone: "",
  email: "",
};
const MOST: Record<keyof Draft, number> = {
  amount: 20,
  externalId: 200,
  description: 120,
  buyer: 200,
  phone: 60,
  email: 254,
};

function Form(props: NewSaleDialogProps & { wanted: Wanted }) {
  const { t, number } = useSpeech();
  const { wanted, onClose } = props;
  const [draft, setDraft] = useState(EMPTY);
  const [currency, setCurrency] = useState(props.currency);
  const [isPaid, setPaid] = useState(true);
  const [tried, setTried] = useState(false);
  const amount = readCents(draft.amount, wanted === "pix" ? "BRL" : currency);
  const { isPending, make } = useMaking(props);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (amount === undefined || isPending) return;
    make({ amount, ...toldOf(draft) }, currency, isPaid);
  }

  const field = (name: keyof Draft) => ({
    label: t(`sales.${name}`),
    maxLength: MOST[name],
    value: draft[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: currentTarget.value }),
  });

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t(wanted === "pix" ? "sales.pixHint" : "sales.newHint")}
        </Text>
        <Group align="flex-start" gap="sm" wrap="nowrap">
          <TextInput
            {...field("amount")}
            style={{ flex: 1 }}
            inputMode="decimal"
            placeholder={number(EXAMPLE)}
            error={
              tried &&
              amount === undefined &&
              t("sales.wrongAmount", { example: number(EXAMPLE) })
            }
            data-autofocus
          />
          {wanted === "sale" && (
            <Select
              w={110}
              label={t("sales.currency")}
              data={[...new Set([props.currency, ...CURRENCIES])]}
              value={currency}
              onChange={(next) => setCurrency(next ?? props.currency)}
              allowDeselect={false}
            />
          )}
        </Group>
        <TextInput {...field("externalId")} description={t("sales.externalIdHint")} />
        <TextInput {...field("description")} />
        <TextInput {...field("buyer")} />
        <TextInput {...field("phone")} type="tel" description={t("sales.phoneHint")} />
        <TextInput {...field("email")} type="email" />
        {wanted === "sale" && (
          <Checkbox
            label={t("sales.isPaid")}
            description={t("sales.isPaidHint")}
            checked={isPaid}
            onChange={({ currentTarget }) => setPaid(currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={isPending}>
            {t(wanted === "pix" ? "sales.makePix" : "sales.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What was written, without what was left empty. */
function toldOf({ externalId, description, buyer, phone, email }: Draft) {
  const said = { name: buyer.trim(), phone: phone.trim(), email: email.trim() };
  return {
    ...(externalId.trim() && { externalId: externalId.trim() }),
    ...(description.trim() && { description: description.trim() }),
    buyer: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== "")),
  };
}

function useMaking({ wanted, onMade }: NewSaleDialogProps) {
  const toasts = useToasts();
  const [key] = useState(() => crypto.randomUUID());
  const report = useReportSale(key);
  const ask = useAskPix(key);
  const onError = toasts.failed;
  return {
    isPending: report.isPending || ask.isPending,
    make: (
      told: { amount: number } & ReturnType<typeof toldOf>,
      currency: string,
      isPaid: boolean,
    ) => {
      if (wanted === "pix") {
        ask.mutate(told, { onError, onSuccess: ({ saleId }) => onMade(saleId) });
        return;
      }
      const status = isPaid ? "paid" : "pending";
      report.mutate(
        { ...told, currency, status },
        { onError, onSuccess: ({ id }) => onMade(id) },
      );
    },
  };
}
