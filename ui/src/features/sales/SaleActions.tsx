import {
  Button,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconQrcode } from "@tabler/icons-react";
import { useState, type SyntheticEvent } from "react";

import type { SaleDetail } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { readCents, useMoney } from "./money";
import { useAskPix, useMoveSale, type Done } from "./queries";

const UNPAID = ["pending", "expired", "canceled", "refused"];
const CANCELABLE = ["pending", "expired", "refused"];
const KEPT = ["paid", "partly_refunded"];
/** Pix is paid in reais. */
const IN_REAIS = "BRL";
const PAYABLE_NOW = ["creating", "open"];

/** What a person may do with it, where it is now. */
export function SaleActions({ sale }: { sale: SaleDetail }) {
  const { t } = useSpeech();
  const [doing, setDoing] = useState<Done["what"]>();
  const may = {
    paid: UNPAID.includes(sale.status),
    cancel: CANCELABLE.includes(sale.status),
    refund: KEPT.includes(sale.status),
    won: sale.status === "charged_back",
  };
  return (
    <Group gap="xs">
      {(["paid", "cancel", "refund", "won"] as const)
        .filter((what) => may[what])
        .map((what) => (
          <Button
            key={what}
            size="sm"
            variant={what === "paid" ? "filled" : "default"}
            onClick={() => setDoing(what)}
          >
            {t(`sales.do.${what}`)}
          </Button>
        ))}
      {may.cancel && sale.currency === IN_REAIS && <AskPix sale={sale} />}
      <Modal
        opened={doing !== undefined}
        onClose={() => setDoing(undefined)}
        title={doing && t(`sales.do.${doing}`)}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {doing !== undefined && (
          <Sure sale={sale} what={doing} onClose={() => setDoing(undefined)} />
        )}
      </Modal>
    </Group>
  );
}

/** One that waits, by a Pix, where there is none that can be paid. */
function AskPix({ sale }: { sale: SaleDetail }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const ask = useAskPix(`${sale.id}.${String(sale.charges.length)}`);
  if (sale.charges.some(({ status }) => PAYABLE_NOW.includes(status))) return null;
  return (
    <Button
      size="sm"
      variant="default"
      leftSection={<IconQrcode size={16} aria-hidden="true" />}
      loading={ask.isPending}
      onClick={() => ask.mutate({ saleId: sale.id }, { onError: toasts.failed })}
    >
      {t("sales.askPix")}
    </Button>
  );
}

/** What chargebacks took and did not bring again. */
function taken({ refunds }: SaleDetail): number {
  return refunds
    .filter(({ kind }) => kind !== "refund")
    .reduce((sum, one) => sum + (one.kind === "reversal" ? -1 : 1) * one.amountCents, 0);
}

interface SureProps {
  sale: SaleDetail;
  what: Done["what"];
  onClose: () => void;
}

/** With what follows of it, and why: both are kept. */
function Sure({ sale, what, onClose }: SureProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const money = useMoney();
  const move = useMoveSale(sale.id);
  const left = sale.amountCents - sale.refundedCents;
  const [why, setWhy] = useState("");
  const [typed, setTyped] = useState((left / 100).toFixed(2));
  const [kind, setKind] = useState("refund");
  const amount = readCents(typed, sale.currency);
  const wrong = what === "refund" && (amount === undefined || amount > left);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (wrong || move.isPending) return;
    const reason = why.trim() === "" ? {} : { why: why.trim() };
    const body = {
      ...reason,
      ...(what === "refund" && { amount, kind }),
      ...(what === "won" && { kind: "reversal" }),
    };
    move.mutate(
      { what, body },
      {
        onError: toasts.failed,
        onSuccess: () => {
          toasts.saved();
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm">
          {t(`sales.sure.${what}`, {
            amount: money(what === "won" ? taken(sale) : sale.amountCents, sale.currency),
          })}
        </Text>
        {what === "refund" && (
          <>
            <SegmentedControl
              aria-label={t("sales.kind")}
              value={kind}
              onChange={setKind}
              data={[
                { value: "refund", label: t("sales.kind.refund") },
                { value: "chargeback", label: t("sales.kind.chargeback") },
              ]}
            />
            <TextInput
              label={t("sales.amount")}
              inputMode="decimal"
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              error={
                wrong && t("sales.wrongRefund", { most: money(left, sale.currency) })
              }
            />
          </>
        )}
        <TextInput
          label={t("sales.why")}
          description={t("sales.whyHint")}
          maxLength={500}
          value={why}
          onChange={({ currentTarget }) => setWhy(currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            type="submit"
            color={what === "paid" || what === "won" ? undefined : "red"}
            loading={move.isPending}
          >
            {t(`sales.do.${what}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
