import {
  ActionIcon,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  TextInput,
  Textarea,
} from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";

import type { SendMessage } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import {
  EMPTY,
  LONGEST_TITLE,
  MOST_CHOICES,
  questionOf,
  type Offers,
  type Question,
} from "./choices";

interface DialogProps {
  onClose: () => void;
  onSend: (body: SendMessage, label: string) => void;
}

/** A question that is answered by pressing something. */
export function ChoicesDialog({ onClose, onSend }: DialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("inbox.sendChoices")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Form onSend={onSend} onClose={onClose} />
    </Modal>
  );
}

function Form({ onSend, onClose }: DialogProps) {
  const { t } = useSpeech();
  const [question, setQuestion] = useState<Question>(EMPTY);
  const message = questionOf(question);
  const { offers, text } = question;
  const kinds: Offers[] = ["buttons", "list", "phone"];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (message === undefined) return;
        onSend(message, text.trim());
        onClose();
      }}
    >
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t("inbox.choices.kind")}
          value={offers}
          onChange={(next) => setQuestion({ ...question, offers: next })}
          data={kinds.map((value) => ({ value, label: t(`inbox.choices.${value}`) }))}
        />
        <Textarea
          data-autofocus
          label={t("inbox.choices.text")}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1_024}
          value={text}
          onChange={(event) =>
            setQuestion({ ...question, text: event.currentTarget.value })
          }
        />
        {offers === "list" && (
          <TextInput
            label={t("inbox.choices.opener")}
            maxLength={20}
            value={question.opener}
            onChange={(event) =>
              setQuestion({ ...question, opener: event.currentTarget.value })
            }
          />
        )}
        {offers !== "phone" && <Choices question={question} onQuestion={setQuestion} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={message === undefined}>
            {t("inbox.send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ChoicesProps {
  question: Question;
  onQuestion: (question: Question) => void;
}

function Choices({ question, onQuestion }: ChoicesProps) {
  const { t } = useSpeech();
  const { offers, choices } = question;
  const most = MOST_CHOICES[offers];
  const change = (next: Question["choices"]) =>
    onQuestion({ ...question, choices: next });
  const put = (at: number, fields: Partial<Question["choices"][number]>) =>
    change(choices.map((one, place) => (place === at ? { ...one, ...fields } : one)));
  return (
    <>
      {choices.slice(0, most).map((one, at) => (
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t("inbox.choices.title", { count: at + 1 })}
            maxLength={LONGEST_TITLE[offers]}
            value={one.title}
            onChange={(event) => put(at, { title: event.currentTarget.value })}
          />
          {offers === "list" && (
            <TextInput
              flex={1}
              label={t("inbox.choices.description", { count: at + 1 })}
              maxLength={72}
              value={one.description}
              onChange={(event) => put(at, { description: event.currentTarget.value })}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            disabled={choices.length === 1}
            aria-label={t("inbox.choices.remove", { count: at + 1 })}
            onClick={() => change(choices.filter((_, place) => place !== at))}
          >
            <IconX size={16} aria-hidden="true" />
          </ActionIcon>
        </Group>
      ))}
      {choices.length < most && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          onClick={() => change([...choices, { title: "", description: "" }])}
        >
          {t("inbox.choices.add")}
        </Button>
      )}
    </>
  );
}
