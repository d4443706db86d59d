import { Textarea } from "@mantine/core";
import {
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from "react";

import type { ChatMessage, Conversation } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import type { usePresence } from "../presence";
import { useAddNote } from "../queries";
import classes from "../Thread.module.css";
import { useTalkName } from "../words";
import { Above } from "./Above";
import { Dialogs } from "./Dialogs";
import { QuickList, useQuick } from "./QuickReplies";
import { Tools, type Dialog, type Mode } from "./Tools";
import { Unsent } from "./Unsent";
import { useReply } from "./useReply";

export interface ComposerHandle {
  focus: (mode: Mode) => void;
  template: () => void;
  attach: (files: Iterable<File>) => void;
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
  const { platform } = talk.channel;
  const input = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<Mode>("reply");
  const [dialog, setDialog] = useState<Dialog>();
  const reply = useReply(talk, here, quoted, onUnquote);
  const note = useNote(talk.id);
  const noting = mode === "note";
  const { text, write, done, canSend } = noting ? note : reply;
  const values = { name: useTalkName()(talk), agent: useMe().user.name };
  const quick = useQuick(noting ? "" : text, values, reply.set);
  const toTemplates = () => {
    if (platform === "whatsapp") setDialog("template");
  };
  useImperativeHandle(ref, () => ({ focus, template: toTemplates, attach }));

  function manage(): void {
    // What brought the list is no answer.
    reply.set("");
    setDialog("quick");
  }

  function focus(next: Mode): void {
    setMode(next);
    requestAnimationFrame(() => input.current?.focus());
  }

  function attach(files: Iterable<File>): void {
    if (reply.blocked) return;
    reply.files.add(files);
    focus("reply");
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
      <Unsent
        waiting={reply.sending.waiting}
        onAgain={reply.sending.send}
        onDrop={reply.sending.drop}
      />
      {!noting && (
        <Above
          talk={talk}
          reply={reply}
          quoted={quoted}
          onUnquote={onUnquote}
          onTemplate={toTemplates}
        />
      )}
      {quick.open && <QuickList {...quick} onManage={manage} />}
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
        disabled={!noting && reply.blocked}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={press}
        onPaste={(event) => {
          const pasted = [...event.clipboardData.files];
          if (noting || pasted.length === 0) return;
          event.preventDefault();
          attach(pasted);
        }}
        {...quick.inputProps}
      />
      <Tools
        mode={mode}
        platform={platform}
        blocked={reply.blocked}
        canSend={canSend}
        busy={note.busy}
        onMode={setMode}
        onQuick={() => {
          write("/");
          input.current?.focus();
        }}
        onFiles={attach}
        onDialog={setDialog}
        onSend={done}
      />
      <Dialogs
        talk={talk}
        shown={dialog}
        onClose={() => setDialog(undefined)}
        onSend={reply.send}
      />
    </div>
  );
}

/** A note for colleagues, as it is written. */
function useNote(id: string) {
  const { failed } = useToasts();
  const [text, write] = useState("");
  const { mutate, isPending } = useAddNote(id);
  const said = text.trim();
  function done(): void {
    if (said !== "") mutate(said, { onSuccess: () => write(""), onError: failed });
  }
  return { text, write, done, canSend: said !== "", busy: isPending };
}
