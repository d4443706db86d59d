import { Button, Chip, Group, Menu, Modal, Select, Stack, Textarea } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconDots } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import type { Cliente } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useToasts } from "../../../components/toasts";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { asesoresQuery } from "../queries";
import { useDeskError } from "../words";
import { giveBack, transfer } from "./calls";
import type { Hand } from "./useLease";

interface HandOverProps {
  hand: Hand;
  token: string;
  cliente: Cliente;
  onDone: () => void;
}

type Way = "back" | "transfer";

/** Ways to part from a cliente without having finished. */
export function HandOver({ hand, token, cliente, onDone }: HandOverProps) {
  const { t } = useSpeech();
  const [way, setWay] = useState<Way>();
  return (
    <>
      <Menu position="top-end">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconDots size={16} aria-hidden="true" />}
          >
            {t("desk.handOver")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
            onClick={() => setWay("back")}
          >
            {t("desk.giveBack")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowForwardUp size={16} aria-hidden="true" />}
            onClick={() => setWay("transfer")}
          >
            {t("desk.transfer")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={way !== undefined}
        onClose={() => setWay(undefined)}
        title={t(way === "transfer" ? "desk.transfer" : "desk.giveBack")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {way !== undefined && (
          <Form
            way={way}
            hand={hand}
            token={token}
            cliente={cliente}
            onDone={onDone}
            onCancel={() => setWay(undefined)}
          />
        )}
      </Modal>
    </>
  );
}

interface FormProps extends HandOverProps {
  way: Way;
  onCancel: () => void;
}

const REASONS = ["noAnswer", "wrongNumber", "busy", "notMine"] as const;

function Form({ way, hand, token, cliente, onDone, onCancel }: FormProps) {
  const { t } = useSpeech();
  const me = useMe().user.id;
  const toasts = useToasts();
  const deskError = useDeskError();
  const colleagues = useQuery(asesoresQuery()).data?.items ?? [];
  const [why, setWhy] = useState("");
  const [to, setTo] = useState<string | null>(null);
  const away = useAway();
  const ready = !away && why.trim() !== "" && (way === "back" || to !== null);
  const part = useMutation({
    mutationFn: () =>
      way === "back"
        ? giveBack(cliente.id, token, why.trim())
        : transfer(cliente.id, token, to ?? "", why.trim()),
    // News of it may be here before the answer is.
    onMutate: hand.leave,
    onSuccess: () => {
      toasts.say(t(way === "back" ? "desk.givenBack" : "desk.transferred"));
      onDone();
    },
    onError: (error) => {
      hand.stay();
      if (!hand.doubt(error)) deskError(error);
    },
  });

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (ready && !part.isPending) part.mutate();
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {way === "transfer" && (
          <Select
            label={t("desk.transferTo")}
            data={colleagues
              .filter(({ id, role }) => id !== me && role === "asesor")
              .map(({ id, name }) => ({ value: id, label: name }))}
            value={to}
            searchable
            data-autofocus
            onChange={setTo}
          />
        )}
        {way === "back" && (
          <Group gap="xs">
            {REASONS.map((reason) => (
              <Chip
                key={reason}
                checked={why === t(`desk.why.${reason}`)}
                variant="light"
                onChange={() => setWhy(t(`desk.why.${reason}`))}
              >
                {t(`desk.why.${reason}`)}
              </Chip>
            ))}
          </Group>
        )}
        <Textarea
          label={t(way === "transfer" ? "desk.note" : "desk.why")}
          withAsterisk
          autosize
          minRows={2}
          maxLength={1_000}
          value={why}
          onChange={({ currentTarget }) => setWhy(currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={part.isPending}>
            {t(way === "transfer" ? "desk.transfer" : "desk.giveBack")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
