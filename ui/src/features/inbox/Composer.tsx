import {
  ActionIcon,
  Button,
  Group,
  SegmentedControl,
  Text,
  Textarea,
} from "@mantine/core";
import { IconBolt, IconSend2, IconX } from "@tabler/icons-react";
import {
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from "react";

import { ApiError } from "../../api/client";
import type { ChatMessage, Conversation } from "../../api/model";
import { useMe } from "../../api/queries";
import { useErrorText } from "../../components/errors";
import { useToasts } from "../../components/toasts";
import { useSpeech, type TextKey } from "../../lib/i18n";
import type { usePresence } from "./presence";
import { useAddNote, useSend, type NewText } from "./queries";
import { QuickList, useQuick } from "./QuickReplies";
import classes from "./Thread.module.css";
import { useDraft } from "./useDraft";
import { useKindWord, useTalkName } from "./words";

type Mode = "reply" | "note";

export interface ComposerHandle {
  focus: (mode: Mode) => void;
}

interface ComposerProps {
  talk: Conversation;
  here: ReturnType<typeof usePresence>;
  quoted: ChatMessage | null;
  onUnquote: () => void;
  ref: Ref<ComposerHandle>;
}

const MOST = 4_096;

/** Where one answers, and leaves notes. */
export function Composer({ talk, here, quoted, onUnquote, ref }: ComposerProps) {
  const { t } = useSpeech();
  const me = useMe().user;
  const { failed } = useToasts();
  const name = useTalkName()(talk);
  const input = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<Mode>("reply");
  const draft = useDraft(talk);
  const [note, setNote] = useState("");
  const sending = useSending(talk.id);
  const addNote = useAddNote(talk.id);
  const noting = mode === "note";
  const text = noting ? note : draft.text;
  const quick = useQuick(noting ? "" : text, { name, agent: me.name }, draft.set);
  const why = useWhyNot(talk, sending.missing);
  const composer = here.presence.composer;
  const taken = !noting && composer !== null && composer.id !== me.id ? composer : null;
  const blocked = !noting && why !== undefined;

  useImperativeHandle(ref, () => ({
    focus: (next) => {
      setMode(next);
      requestAnimationFrame(() => input.current?.focus());
    },
  }));

  function write(next: string): void {
    if (noting) {
      setNote(next);
      return;
    }
    draft.set(next);
    if (next.trim() !== "") here.typing();
  }

  function done(): void {
    const said = text.trim();
    if (said === "" || blocked || taken !== null) return;
    if (noting) {
      addNote.mutate(said, { onSuccess: () => setNote(""), onError: failed });
      return;
    }
    draft.set("");
    onUnquote();
    sending.send({
      key: crypto.randomUUID(),
      text: said,
      replyTo: quoted?.externalId ?? null,
    });
  }

  function press(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing || quick.press(event)) return;
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    done();
  }

  return (
    <div className={classes.composer} data-note={noting || undefined}>
      <Unsent waiting={sending.waiting} onAgain={sending.send} onDrop={sending.drop} />
      {taken !== null && (
        <Group className={classes.banner} gap="xs" role="status">
          <Text size="sm">{t("inbox.answering", { name: taken.name })}</Text>
          <Button size="compact-xs" variant="default" onClick={here.takeOver}>
            {t("inbox.answerAnyway")}
          </Button>
        </Group>
      )}
      {blocked && (
        <Text size="sm" className={classes.banner} role="status">
          {t(why)}
        </Text>
      )}
      {quoted !== null && !noting && <Quoting quoted={quoted} onUnquote={onUnquote} />}
      {quick.open && <QuickList {...quick} />}
      <Textarea
        ref={input}
        classNames={{ input: classes.input }}
        aria-label={t(noting ? "inbox.noteFor" : "inbox.write")}
        placeholder={
          noting ? t("inbox.writeNote") : `${t("inbox.write")} · ${t("inbox.writeHint")}`
        }
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MOST}
        disabled={blocked}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={press}
        {...quick.inputProps}
      />
      <Group className={classes.tools} justify="space-between" gap="xs" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <SegmentedControl
            size="xs"
            value={mode}
            onChange={(next) => setMode(next === "note" ? "note" : "reply")}
            aria-label={t("inbox.write")}
            data={[
              { value: "reply", label: t("inbox.reply") },
              { value: "note", label: t("inbox.note") },
            ]}
          />
          {!noting && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              disabled={blocked}
              aria-label={t("inbox.quick")}
              onClick={() => {
                write("/");
                input.current?.focus();
              }}
            >
              <IconBolt size={18} aria-hidden="true" />
            </ActionIcon>
          )}
        </Group>
        <Group gap="sm" wrap="nowrap">
          <Text size="xs" c="dimmed" className={classes.keysHint}>
            {t("inbox.sendKeys")}
          </Text>
          <Button
            size="sm"
            leftSection={noting ? undefined : <IconSend2 size={16} aria-hidden="true" />}
            color={noting ? "yellow.8" : undefined}
            disabled={text.trim() === "" || blocked || taken !== null}
            loading={addNote.isPending}
            onClick={done}
          >
            {t(noting ? "inbox.keepNote" : "inbox.send")}
          </Button>
        </Group>
      </Group>
    </div>
  );
}

/** Why nothing can be sent just now. */
function useWhyNot(talk: Conversation, missing: boolean): TextKey | undefined {
  // A minute more or less does no harm: the server has the last word.
  const [now] = useState(() => Date.now());
  if (missing) return "inbox.cannotSend";
  if (talk.blocked) return "inbox.isBlocked";
  const { windowUntil, channel } = talk;
  if (
    channel.platform === "whatsapp" &&
    (windowUntil === null || Date.parse(windowUntil) < now)
  ) {
    return "inbox.windowClosed";
  }
  return undefined;
}

interface Waiting extends NewText {
  error: unknown;
}

/** Messages on their way to the server; what fails stays, and is sent again under the same key. */
function useSending(id: string) {
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const [missing, setMissing] = useState(false);
  const { mutateAsync } = useSend(id);
  const drop = (key: string) => setWaiting((all) => all.filter((one) => one.key !== key));

  async function send({ key, text, replyTo }: NewText): Promise<void> {
    const put = (error: unknown) =>
      setWaiting((all) => [
        ...all.filter((one) => one.key !== key),
        { key, text, replyTo, error },
      ]);
    put(null);
    try {
      await mutateAsync({ key, text, replyTo });
      drop(key);
    } catch (error) {
      put(error);
      if (isMissing(error)) setMissing(true);
    }
  }
  return { waiting, missing, drop, send: (message: NewText) => void send(message) };
}

/** A server that knows of no sending yet. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.code === "not_found" || error.status === 405;
}

const REASONS: Readonly<Record<string, TextKey>> = {
  window_closed: "inbox.windowClosed",
  person_blocked: "inbox.isBlocked",
  channel_held: "inbox.held",
  channel_off: "inbox.held",
};

interface UnsentProps {
  waiting: readonly Waiting[];
  onAgain: (message: NewText) => void;
  onDrop: (key: string) => void;
}

function Unsent({ waiting, onAgain, onDrop }: UnsentProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const word = (error: unknown) => {
    const key = error instanceof ApiError ? REASONS[error.code] : undefined;
    return key === undefined ? errorText(error) : t(key);
  };
  return waiting.map((one) => (
    <div key={one.key} className={classes.unsent} role="status">
      <div className={classes.unsentText}>{one.text}</div>
      {one.error === null ? (
        <Text size="xs" c="dimmed">
          {t("inbox.sending")}
        </Text>
      ) : (
        <Group gap="xs">
          <Text size="xs" c="red">
            {t("inbox.notSent")}: {word(one.error)}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => onAgain(one)}>
            {t("inbox.again")}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => onDrop(one.key)}
          >
            {t("inbox.discard")}
          </Button>
        </Group>
      )}
    </div>
  ));
}

function Quoting({ quoted, onUnquote }: { quoted: ChatMessage; onUnquote: () => void }) {
  const { t } = useSpeech();
  const kindWord = useKindWord();
  return (
    <div className={classes.quoting}>
      <div>
        <span className={classes.cardHint}>{t("inbox.replyingTo")}</span>
        <div className={classes.quotingText}>{quoted.text ?? kindWord(quoted.kind)}</div>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("inbox.cancelReply")}
        onClick={onUnquote}
      >
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}
