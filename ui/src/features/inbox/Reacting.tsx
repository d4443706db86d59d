import { ActionIcon, Menu } from "@mantine/core";
import { IconMoodPlus } from "@tabler/icons-react";

import type { ChatMessage, Conversation } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useReact } from "./queries";
import classes from "./Thread.module.css";
import { useTalkName } from "./words";

interface ReactingProps {
  talk: Conversation;
  message: ChatMessage;
}

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"] as const;
const WHATSAPP_DAYS = 30;

/** Whether the platform takes a reaction to it; the server has the last word. */
export function isReactable({ channel }: Conversation, message: ChatMessage): boolean {
  if (message.externalId === null || message.deletedAt !== null) return false;
  if (channel.platform !== "whatsapp") return true;
  const days = (Date.now() - Date.parse(message.at)) / 86_400_000;
  return message.direction === "in" && days < WHATSAPP_DAYS;
}

/** One emoji to a message, and the same once more takes it back. */
export function React({ talk, message }: ReactingProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const react = useReact(talk.id, message.id);
  const own = message.reactions.find(({ by }) => by === "us")?.emoji;
  return (
    <Menu position="top" width="auto" withinPortal>
      <Menu.Target>
        <ActionIcon
          className={classes.hidden}
          variant="subtle"
          color="gray"
          size="md"
          loading={react.isPending}
          aria-label={t("inbox.react")}
        >
          <IconMoodPlus size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.emojis}>
        {EMOJIS.map((emoji) => (
          <Menu.Item
            key={emoji}
            className={classes.emoji}
            data-own={emoji === own || undefined}
            aria-label={t(emoji === own ? "inbox.react.undo" : "inbox.react.with", {
              emoji,
            })}
            onClick={() =>
              react.mutate(emoji === own ? null : emoji, { onError: toasts.failed })
            }
          >
            {emoji}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Whoever reacted is named for those who cannot see it, and for the mouse; one's own goes away
 * by a click. */
export function Reactions({ talk, message }: ReactingProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const react = useReact(talk.id, message.id);
  const talkName = useTalkName()(talk);
  return (
    <div className={classes.reactions}>
      {message.reactions.map(({ by, emoji }) => {
        const name = by === "us" ? t("inbox.by.us") : talkName;
        const word = t("inbox.reacted", { name, emoji });
        return by === "us" && isReactable(talk, message) ? (
          <button
            key={by}
            type="button"
            className={classes.ownReaction}
            aria-label={t("inbox.react.undo", { emoji })}
            title={`${word} · ${t("inbox.react.undo", { emoji })}`}
            disabled={react.isPending}
            onClick={() => react.mutate(null, { onError: toasts.failed })}
          >
            {emoji}
          </button>
        ) : (
          <span key={by} role="img" aria-label={word} title={word}>
            {emoji}
          </span>
        );
      })}
    </div>
  );
}
