import { Button, Group, Text } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";

import type { ChatMessage, Conversation } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import classes from "../Thread.module.css";
import { useKindWord } from "../words";

type WhyNot = "inbox.cannotSend" | "inbox.isBlocked" | "inbox.windowClosed";

interface BannerProps {
  text: string;
  action?: ReactNode;
}

function Banner({ text, action }: BannerProps) {
  return (
    <Group className={classes.banner} gap="xs" role="status">
      <Text size="sm">{text}</Text>
      {action}
    </Group>
  );
}

interface TakenProps {
  name: string;
  onTakeOver: () => void;
}

/** Somebody else began to write first. */
export function Taken({ name, onTakeOver }: TakenProps) {
  const { t } = useSpeech();
  return (
    <Banner
      text={t("inbox.answering", { name })}
      action={
        <Button size="compact-xs" variant="default" onClick={onTakeOver}>
          {t("inbox.answerAnyway")}
        </Button>
      }
    />
  );
}

interface AnsweredProps {
  message: ChatMessage;
  onGoOn: () => void;
}

/** Somebody else has answered since one began to write. */
export function Answered({ message, onGoOn }: AnsweredProps) {
  const { t } = useSpeech();
  const kindWord = useKindWord();
  const text = message.text ?? kindWord(message.kind);
  const name = message.author?.name;
  return (
    <Banner
      text={
        name
          ? t("inbox.answered", { name, text })
          : t("inbox.answeredBySomebody", { text })
      }
      action={
        <Button size="compact-xs" variant="default" onClick={onGoOn}>
          {t("inbox.sendAnyway")}
        </Button>
      }
    />
  );
}

interface BlockedProps {
  why: WhyNot;
  onTemplate: () => void;
}

/** Nothing can be sent just now, and what can be done instead. */
export function Blocked({ why, onTemplate }: BlockedProps) {
  const { t } = useSpeech();
  return (
    <Banner
      text={t(why)}
      action={
        why === "inbox.windowClosed" ? (
          <Button size="compact-sm" onClick={onTemplate}>
            {t("inbox.chooseTemplate")}
          </Button>
        ) : undefined
      }
    />
  );
}

/** Why nothing can be sent just now, if so. */
export function useWhyNot(talk: Conversation, missing: boolean): WhyNot | undefined {
  const now = useNow();
  if (missing) return "inbox.cannotSend";
  if (talk.blocked) return "inbox.isBlocked";
  const { windowUntil, channel, groupId } = talk;
  const isOver = windowUntil === null || Date.parse(windowUntil) < now;
  if (channel.platform === "whatsapp" && groupId === null && isOver) {
    return "inbox.windowClosed";
  }
  return undefined;
}

/** Half a minute more or less does no harm: the server has the last word. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
