import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";

import type { ChatMessage } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import classes from "../Thread.module.css";
import { useKindWord } from "../words";

interface QuotingProps {
  quoted: ChatMessage;
  onUnquote: () => void;
}

/** The message that is being answered. */
export function Quoting({ quoted, onUnquote }: QuotingProps) {
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
