import type { ReactNode } from "react";

import type { ChatMessage } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import classes from "../Thread.module.css";

const MOST = 4_000;

/** The platform itself could not pass it on. */
export function Unsupported({ message }: { message: ChatMessage }) {
  const { t } = useSpeech();
  const [error] = message.content.errors ?? [];
  const why = error?.details ?? error?.message ?? error?.title;
  return (
    <Odd message={message}>
      {t("inbox.unsupported")}
      {why && <div className={classes.cardHint}>{why}</div>}
    </Odd>
  );
}

/** Pista does not know it yet, and keeps it as it came. */
export function Unknown({ message }: { message: ChatMessage }) {
  const { t } = useSpeech();
  const { event } = message.content;
  return (
    <Odd message={message}>
      {t("inbox.unknownKind")}
      {event && ` (${event})`}
    </Odd>
  );
}

function Odd({ message, children }: { message: ChatMessage; children: ReactNode }) {
  const { t } = useSpeech();
  const { raw } = message.content;
  return (
    <div className={classes.odd}>
      {children}
      {raw && (
        <details>
          <summary>{t("inbox.raw")}</summary>
          <pre className={classes.raw} data-scrolls>
            {JSON.stringify(raw, null, 2).slice(0, MOST)}
          </pre>
        </details>
      )}
    </div>
  );
}
