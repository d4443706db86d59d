import {
  ActionIcon,
  Button,
  Group,
  Modal,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Textarea,
} from "@mantine/core";
import { IconBolt, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "../../../api/client";
import type { NewQuickReply, QuickReply } from "../../../api/model";
import { useErrorText } from "../../../components/errors";
import { useOffer } from "../../../components/offer";
import { Empty, Failed } from "../../../components/States";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { quickRepliesQuery } from "../queries";
import classes from "./Compose.module.css";
import { useAddQuick, useChangeQuick, useDropQuick } from "./quick";

interface DialogProps {
  onClose: () => void;
}

/** The company's quick replies: made, changed, and deleted. */
export function QuickDialog({ onClose }: DialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("inbox.quick")}
      size="lg"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Manage />
    </Modal>
  );
}

function Manage() {
  const { t } = useSpeech();
  const replies = useQuery(quickRepliesQuery());
  const [editing, setEditing] = useState<QuickReply | "new">();
  if (replies.isPending) return <Skeleton height={120} />;
  if (replies.data === undefined) {
    return <Failed error={replies.error} onRetry={() => void replies.refetch()} />;
  }
  if (editing !== undefined) {
    const reply = editing === "new" ? undefined : editing;
    return <Form reply={reply} onDone={() => setEditing(undefined)} />;
  }
  const { items } = replies.data;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("inbox.quick.hint", { name: "{{name}}", agent: "{{agent}}" })}
      </Text>
      {items.length === 0 && (
        <Empty icon={<IconBolt size={26} />} title={t("inbox.quickMissing")} />
      )}
      <ul className={classes.templates} aria-label={t("inbox.quick")}>
        {items.map((reply) => (
          <Row key={reply.id} reply={reply} onEdit={() => setEditing(reply)} />
        ))}
      </ul>
      <Group justify="flex-end">
        <Button
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => setEditing("new")}
        >
          {t("inbox.quick.new")}
        </Button>
      </Group>
    </Stack>
  );
}

function Row({ reply, onEdit }: { reply: QuickReply; onEdit: () => void }) {
  const { t } = useSpeech();
  const { failed } = useToasts();
  const offer = useOffer();
  const drop = useDropQuick();
  const add = useAddQuick();
  const { id, shortcut, text } = reply;
  const takeBack = () => add.mutate({ shortcut, text }, { onError: failed });
  return (
    <li className={classes.quickRow}>
      <div className={classes.quickWords}>
        <strong>/{shortcut}</strong>
        <div>{text}</div>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("inbox.quick.edit", { shortcut })}
        onClick={onEdit}
      >
        <IconPencil size={17} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="red"
        aria-label={t("inbox.quick.delete", { shortcut })}
        loading={drop.isPending}
        onClick={() =>
          drop.mutate(id, {
            onSuccess: () =>
              offer({
                message: t("inbox.quick.deleted", { shortcut }),
                label: t("inbox.quick.undo"),
                onTake: takeBack,
              }),
            onError: failed,
          })
        }
      >
        <IconTrash size={17} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

interface FormProps {
  reply: QuickReply | undefined;
  onDone: () => void;
}

const SHORTCUT = /^[a-z0-9_-]{1,32}$/;

function Form({ reply, onDone }: FormProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const add = useAddQuick();
  const change = useChangeQuick();
  const save = reply === undefined ? add : change;
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? "");
  const [text, setText] = useState(reply?.text ?? "");
  const odd = shortcut !== "" && !SHORTCUT.test(shortcut);
  const taken = save.error instanceof ApiError && save.error.code === "shortcut_taken";
  const complete = SHORTCUT.test(shortcut) && text.trim() !== "";

  function keep(): void {
    const wanted: NewQuickReply = { shortcut, text: text.trim() };
    if (!complete) return;
    if (reply === undefined) add.mutate(wanted, { onSuccess: onDone });
    else change.mutate({ id: reply.id, ...wanted }, { onSuccess: onDone });
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <Stack gap="sm">
        <TextInput
          autoFocus
          label={t("inbox.quick.shortcut")}
          description={t("inbox.quick.shortcutHint")}
          leftSection="/"
          maxLength={32}
          autoComplete="off"
          spellCheck={false}
          value={shortcut}
          error={
            (odd && t("inbox.quick.shortcutOdd")) ||
            (taken && t("error.shortcut_taken")) ||
            undefined
          }
          onChange={(event) => setShortcut(event.currentTarget.value.toLowerCase())}
        />
        <Textarea
          label={t("inbox.quick.text")}
          description={t("inbox.quick.hint", { name: "{{name}}", agent: "{{agent}}" })}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={4_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {save.isError && !taken && (
          <Text size="sm" c="red" role="alert">
            {errorText(save.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!complete} loading={save.isPending}>
            {t("action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
