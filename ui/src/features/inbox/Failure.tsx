import { Button } from "@mantine/core";
import { useState } from "react";

import type { ChatMessage, Conversation } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useResend } from "./queries";
import classes from "./Thread.module.css";
import { adviceKey } from "./words";

interface FailureProps {
  talk: Conversation;
  message: ChatMessage;
  failure: NonNullable<ChatMessage["failure"]>;
  onTemplate: () => void;
}

/** Why it was not sent, or nobody knows whether it was, and what can be done about it. */
export function Failure({ talk, message, failure, onTemplate }: FailureProps) {
  const { t } = useSpeech();
  const unknown = message.status === "unknown";
  const { title, code, key } = failure;
  const platform = talk.channel.platform === "whatsapp" ? "WhatsApp" : "Telegram";
  return (
    <div className={classes.failure} data-unknown={unknown || undefined}>
      <div>{t(adviceKey({ key }))}</div>
      {title !== null && !unknown && (
        <div className={classes.theirWords}>
          {t("channels.says", { platform, text: title })}
          {code !== null && ` (${String(code)})`}
        </div>
      )}
      <div className={classes.failureDo}>
        {key === "use_template" && talk.channel.platform === "whatsapp" && (
          <Button size="compact-xs" variant="default" onClick={onTemplate}>
            {t("inbox.chooseTemplate")}
          </Button>
        )}
        {failure.canRetry && (
          <Resend talk={talk.id} message={message} unknown={unknown} />
        )}
      </div>
    </div>
  );
}

interface ResendProps {
  talk: string;
  message: ChatMessage;
  unknown: boolean;
}

/** What may have arrived is sent again only by somebody who knows that. */
function Resend({ talk, message, unknown }: ResendProps) {
  const { t } = useSpeech();
  const { failed } = useToasts();
  const resend = useResend(talk);
  const [asked, setAsked] = useState(false);
  const send = () =>
    resend.mutate(message.id, { onError: failed, onSettled: () => setAsked(false) });
  if (!asked) {
    return (
      <Button
        size="compact-xs"
        variant="default"
        loading={resend.isPending}
        onClick={() => (unknown ? setAsked(true) : send())}
      >
        {t("inbox.again")}
      </Button>
    );
  }
  return (
    <>
      <span>{t("inbox.mayBeTwice")}</span>
      <Button
        size="compact-xs"
        variant="default"
        loading={resend.isPending}
        onClick={send}
      >
        {t("inbox.sendAgain")}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={() => setAsked(false)}
      >
        {t("inbox.leaveIt")}
      </Button>
    </>
  );
}
