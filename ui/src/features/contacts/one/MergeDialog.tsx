import {
  ActionIcon,
  Button,
  Group,
  Modal,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowsExchange, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Contact, ContactDetail } from "../../../api/model";
import { useOffer } from "../../../components/offer";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { Face } from "../Face";
import { fewContactsQuery, useMerge, useUndoMerge } from "../queries";
import questionClasses from "../Questions.module.css";
import { Side } from "../Side";
import { showPhone, useContactName } from "../words";
import classes from "./Contact.module.css";

interface MergeDialogProps {
  contact: ContactDetail;
  opened: boolean;
  onClose: () => void;
  onMerged: (into: string) => void;
}

/** Finds the other contact, shows both, and makes them one. */
export function MergeDialog({ contact, opened, onClose, onMerged }: MergeDialogProps) {
  const { t } = useSpeech();
  const [other, setOther] = useState<Contact>();
  function close(): void {
    setOther(undefined);
    onClose();
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      size={other === undefined ? "md" : "xl"}
      title={t("merge.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && other === undefined && <Find contact={contact} onFound={setOther} />}
      {opened && other !== undefined && (
        <Compare
          contact={contact}
          other={other}
          onBack={() => setOther(undefined)}
          onMerged={(into) => {
            setOther(undefined);
            onMerged(into);
          }}
        />
      )}
    </Modal>
  );
}

interface FindProps {
  contact: Contact;
  onFound: (contact: Contact) => void;
}

function Find({ contact, onFound }: FindProps) {
  const { t } = useSpeech();
  const nameOf = useContactName();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 200);
  const found = useQuery(fewContactsQuery(asked));
  const others = found.data?.items.filter(({ id }) => id !== contact.id) ?? [];
  return (
    <Stack gap="sm">
      <Text size="sm">{t("merge.find", { name: nameOf(contact) })}</Text>
      <TextInput
        type="search"
        label={t("contacts.search")}
        placeholder={t("contacts.searchExample")}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={text}
        maxLength={200}
        autoComplete="off"
        data-autofocus
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <ul className={classes.others} aria-label={t("merge.found")}>
        {others.map((one) => (
          <li key={one.id}>
            <UnstyledButton className={classes.other} onClick={() => onFound(one)}>
              <Face name={nameOf(one)} size={30} />
              <span>
                <Text span size="sm" fw={560} display="block">
                  {nameOf(one)}
                </Text>
                <Text span size="xs" c="dimmed">
                  {[one.email, one.phone && showPhone(one.phone)]
                    .filter((value) => value !== null && value !== nameOf(one))
                    .join(" · ")}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {found.data !== undefined && others.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t("contacts.noMatch")}
        </Text>
      )}
    </Stack>
  );
}

interface CompareProps {
  contact: Contact;
  other: Contact;
  onBack: () => void;
  onMerged: (into: string) => void;
}

function Compare({ contact, other, onBack, onMerged }: CompareProps) {
  const { t } = useSpeech();
  const nameOf = useContactName();
  const toasts = useToasts();
  const offer = useOffer();
  const merge = useMerge();
  const undo = useUndoMerge();
  const [[into, from], setOrder] = useState<[Contact, Contact]>([contact, other]);

  function makeOne(): void {
    merge.mutate(
      { into: into.id, other: from.id },
      {
        onSuccess: ({ id, merges }) => {
          const made = merges.find((one) => one.undoneAt === null);
          offer({
            message: t("merge.done"),
            label: t("action.undo"),
            onTake: () => {
              if (made === undefined) return;
              undo.mutate(
                { contact: id, merge: made.id },
                {
                  onSuccess: () => toasts.say(t("merge.undone")),
                  onError: toasts.failed,
                },
              );
            },
          });
          onMerged(id);
        },
        onError: toasts.failed,
      },
    );
  }

  return (
    <Stack gap="md">
      <Text size="sm">{t("merge.hint")}</Text>
      <div className={questionClasses.sides}>
        {([into, from] as const).map((side, place) => (
          <Side
            key={side.id}
            contact={side}
            chosen={place === 0}
            title={
              <div>
                <Text size="xs" c="dimmed">
                  {t(place === 0 ? "merge.stays" : "merge.joins")}
                </Text>
                <Text fw={600}>{nameOf(side)}</Text>
              </div>
            }
          />
        ))}
      </div>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Button variant="default" onClick={onBack}>
            {t("merge.back")}
          </Button>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t("merge.swap")}
            title={t("merge.swap")}
            onClick={() => setOrder([from, into])}
          >
            <IconArrowsExchange size={18} aria-hidden="true" />
          </ActionIcon>
        </Group>
        <Button loading={merge.isPending} onClick={makeOne}>
          {t("merge.make")}
        </Button>
      </Group>
    </Stack>
  );
}
