import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { readCents } from "./money";
import { useAskPix, useReportSale } from "./queries";

export type Wanted = "sale" | "pix";

interface NewSaleDialogProps {
  wanted: Wanted | undefined;
  onClose: () => void;
  onMade: (sale: string) => void;
}

/** A sale that somebody enters, or a Pix that somebody asks for. */
export function NewSaleDialog({ wanted, onClose, onMade }: NewSaleDialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={wanted !== undefined}
      onClose={onClose}
      title={wanted && t(wanted === "pix" ? "sales.askPix" : "sales.new")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {wanted !== undefined && <Form wanted={wanted} onClose={onClose} onMade={onMade} />}
    </Modal>
  );
}

const CURRENCIES = ["BRL", "USD", "PEN", "MXN", "COP", "CLP", "ARS", "EUR"];

function Form({ wanted, onClose, onMade }: NewSaleDialogProps & { wanted: Wanted }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const [key] = useState(() => crypto.randomUUID());
  const report = useReportSale(key);
  const ask = useAskPix(key);
  const [typed, setTyped] = useState("");
  const [currency, setCurrency] = useState("BRL");
  const [description, setDescription] = useState("");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [tried, setTried] = useState(false);
  const amount = readCents(typed);
  const pending = report.isPending || ask.isPending;

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (amount === undefined || pending) return;
    const asked = {
      amount,
      ...(description.trim() && { description: description.trim() }),
      buyer: {
        ...(name.trim() && { name: name.trim() }),
        ...(email.trim() && { email: email.trim() }),
      },
    };
    if (wanted === "pix") {
      ask.mutate(asked, {
        onError: toasts.failed,
        onSuccess: ({ saleId }) => onMade(saleId),
      });
    } else {
      report.mutate(
        { ...asked, currency },
        { onError: toasts.failed, onSuccess: ({ id }) => onMade(id) },
      );
    }
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t(wanted === "pix" ? "sales.pixHint" : "sales.newHint")}
        </Text>
        <Group align="flex-start" gap="sm" wrap="nowrap">
          <TextInput
            style={{ flex: 1 }}
            label={t("sales.amount")}
            inputMode="decimal"
            placeholder="19,99"
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            error={tried && amount === undefined && t("sales.wrongAmount")}
            data-autofocus
          />
          {wanted === "sale" && (
            <Select
              w={110}
              label={t("sales.currency")}
              data={CURRENCIES}
              value={currency}
              onChange={(next) => setCurrency(next ?? "BRL")}
              allowDeselect={false}
            />
          )}
        </Group>
        <TextInput
          label={t("sales.description")}
          maxLength={120}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        <TextInput
          label={t("sales.buyer")}
          maxLength={200}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          type="email"
          label={t("sales.email")}
          description={t("sales.emailHint")}
          maxLength={254}
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={pending}>
            {t(wanted === "pix" ? "sales.makePix" : "sales.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
