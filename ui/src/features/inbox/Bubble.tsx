import { ActionIcon } from "@mantine/core";
import {
  IconAlertCircle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBan,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
} from "@tabler/icons-react";

import type { ChatMessage, Conversation } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { showTime } from "../../lib/time";
import { Failure } from "./Failure";
import { Parts } from "./parts/Parts";
import { isReactable, React, Reactions } from "./Reacting";
import classes from "./Thread.module.css";
import { statusKey, useKindWord, useNoticeWord } from "./words";

interface BubbleProps {
  talk: Conversation;
  message: ChatMessage;
  /** Part of what was said just before. */
  joined: boolean;
  onQuote: (message: ChatMessage) => void;
  /** Somebody wants to send a template instead. */
  onTemplate: () => void;
}

/** One message, whatever is in it. */
export function Bubble({ talk, message, joined, onQuote, onTemplate }: BubbleProps) {
  const { t } = useSpeech();
  if (message.kind === "system") return <Notice message={message} />;
  const out = message.direction === "out";
  const bare = message.kind === "sticker" && message.deletedAt === null;
  const said = !joined && (out ? message.author?.name : inGroup(talk, message));
  return (
    <article
      id={`message-${message.id}`}
      className={classes.row}
      data-out={out || undefined}
      data-joined={joined || undefined}
    >
      <div className={classes.bubble} data-bare={bare || undefined}>
        {said && <div className={classes.author}>{said}</div>}
        {message.content.forwarded && (
          <div className={classes.hint}>
            <IconArrowForwardUp size={13} aria-hidden="true" />
            {t("inbox.forwarded")}
          </div>
        )}
        {message.replyTo !== null && <Quoted quoted={message.quoted} />}
        {message.deletedAt === null ? (
          <Parts message={message} />
        ) : (
          <div className={classes.deleted}>
            <IconBan size={14} aria-hidden="true" />
            {t("inbox.deleted")}
          </div>
        )}
        <Foot message={message} />
        {message.reactions.length > 0 && <Reactions talk={talk} message={message} />}
      </div>
      {message.externalId !== null && message.deletedAt === null && (
        <ActionIcon
          className={classes.hidden}
          variant="subtle"
          color="gray"
          size="md"
          aria-label={t("inbox.quote")}
          onClick={() => onQuote(message)}
        >
          <IconArrowBackUp size={16} aria-hidden="true" />
        </ActionIcon>
      )}
      {isReactable(talk, message) && <React talk={talk} message={message} />}
      {message.failure !== null && (
        <Failure
          talk={talk}
          message={message}
          failure={message.failure}
          onTemplate={onTemplate}
        />
      )}
    </article>
  );
}

function inGroup(talk: Conversation, message: ChatMessage): string | null | undefined {
  return talk.groupId === null ? undefined : message.person?.name;
}

function Notice({ message }: { message: ChatMessage }) {
  const word = useNoticeWord();
  return (
    <div id={`message-${message.id}`} className={classes.notice}>
      {word(message)}
    </div>
  );
}

function Quoted({ quoted }: { quoted: ChatMessage["quoted"] }) {
  const { t } = useSpeech();
  const kindWord = useKindWord();
  if (quoted === null)
    return <div className={classes.quoted}>{t("inbox.quoteMissing")}</div>;
  return (
    <a className={classes.quoted} href={`#message-${quoted.id}`}>
      {quoted.direction === "out" && <strong>{t("inbox.us")}</strong>}
      {quoted.text ?? kindWord(quoted.kind)}
    </a>
  );
}

function Foot({ message }: { message: ChatMessage }) {
  const { t, locale } = useSpeech();
  const { timeZone } = useMe().tenant;
  const edited = message.editedAt !== null && message.deletedAt === null;
  return (
    <footer className={classes.foot}>
      {edited && <span>{t("inbox.edited")}</span>}
      <time dateTime={message.at}>{showTime(locale, timeZone, message.at)}</time>
      {message.status !== null && <Ticks status={message.status} />}
    </footer>
  );
}

/** How far it got. */
function Ticks({ status }: { status: string }) {
  const { t } = useSpeech();
  const word = t(statusKey(status));
  return (
    <span className={classes.ticks} data-status={status} title={word}>
      <Sign status={status} />
      <span className="visually-hidden">{word}</span>
    </span>
  );
}

function Sign({ status }: { status: string }) {
  const look = { size: 15, "aria-hidden": "true" } as const;
  switch (status) {
    case "queued":
      return <IconClock {...look} />;
    case "unknown":
      return <IconHelpCircle {...look} />;
    case "delivered":
    case "read":
    case "played":
      return <IconChecks {...look} />;
    case "failed":
      return <IconAlertCircle {...look} />;
    default:
      return <IconCheck {...look} />;
  }
}
