import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconQrcode } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { EXAMPLE, readCents, useMoney } from "./money";
import { talkChargesQuery, useAskInTalk } from "./queries";
import { useSaid } from "./said";
import { SaleSign } from "./words";

/** Ask whoever writes for a Pix, and see how those are that were asked for. */
export function TalkPix({ talk }: { talk: string }) {
  const { t } = useSpeech();
  const said = useSaid();
  const money = useMoney();
  const [asking, setAsking] = useState(false);
  const charges = useQuery(talkChargesQuery(talk)).data?.items ?? [];
  return (
    <Stack gap="xs" component="section" aria-label={t("sales.payment")}>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconQrcode size={15} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t("sales.askPix")}
      </Button>
      {charges.map((charge) => (
        <Group key={charge.id} justify="space-between" gap="xs">
          <Text size="sm" className="number">
            {money(charge.amountCents, "BRL")}
          </Text>
          <SaleSign status={charge.status} />
          {charge.error !== null && (
            <Text size="xs" c="red">
              {said(charge.error)}
            </Text>
          )}
        </Group>
      ))}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("sales.askPix")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {asking && <Ask talk={talk} onClose={() => setAsking(false)} />}
      </Modal>
    </Stack>
  );
}

function Ask({ talk, onClose }: { talk: string; onClose: () => void }) {
  const { t, number } = useSpeech();
  const toasts = useToasts();
  const [key] = useState(() => crypto.randomUUID());
  const ask = useAskInTalk(talk, key);
  const [typed, setTyped] = useState("");
  const [order, setOrder] = useState("");
  const [description, setDescription] = useState("");
  const [tried, setTried] = useState(false);
  const amount = readCents(typed);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (amount === undefined || ask.isPending) return;
    const about = description.trim();
    const externalId = order.trim();
    ask.mutate(
      {
        amount,
        ...(about !== "" && { description: about }),
        ...(externalId !== "" && { externalId }),
      },
      {
        onError: toasts.failed,
        onSuccess: () => {
          toasts.say(t("sales.asked"));
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("sales.talkHint")}
        </Text>
        <TextInput
          label={t("sales.amount")}
          inputMode="decimal"
          placeholder={number(EXAMPLE)}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          error={
            tried &&
            amount === undefined &&
            t("sales.wrongAmount", { example: number(EXAMPLE) })
          }
          data-autofocus
        />
        <TextInput
          label={t("sales.externalId")}
          description={t("sales.externalIdHint")}
          maxLength={200}
          value={order}
          onChange={({ currentTarget }) => setOrder(currentTarget.value)}
        />
        <TextInput
          label={t("sales.description")}
          description={t("sales.descriptionHint")}
          maxLength={120}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={ask.isPending}>
            {t("sales.sendPix")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
