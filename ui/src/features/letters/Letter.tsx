import { Badge, Button, Checkbox, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { DeadLetter } from "../../api/model";
import { useMe } from "../../api/queries";
import rows from "../../components/Rows.module.css";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Letters.module.css";
import { letterQuery } from "./queries";
import { useKindWords } from "./words";

interface LetterRowProps {
  letter: DeadLetter;
  checked: boolean;
  onToggle: (id: number) => void;
  onShow: (letter: DeadLetter) => void;
}

export function LetterRow({ letter, checked, onToggle, onShow }: LetterRowProps) {
  const { t } = useSpeech();
  const id = String(letter.id);
  return (
    <li className={`${rows.row ?? ""} ${classes.row ?? ""}`}>
      <Checkbox
        aria-label={t("letters.select", { id })}
        checked={checked}
        onChange={() => onToggle(letter.id)}
      />
      <div className={classes.main}>
        <Head letter={letter} />
        <Text size="sm">{letter.error}</Text>
        <Times letter={letter} />
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("letters.showOf", { id })}
        onClick={() => onShow(letter)}
      >
        {t("letters.show")}
      </Button>
    </li>
  );
}

function Head({ letter }: { letter: DeadLetter }) {
  const { t } = useSpeech();
  const kindWords = useKindWords();
  return (
    <div className={rows.name}>
      <Text fw={560} size="sm" span>
        {kindWords(letter.kind)}
      </Text>
      <Badge size="sm" variant="default" tt="none">
        {t("letters.attempts", { count: letter.attempts })}
      </Badge>
    </div>
  );
}

function Times({ letter }: { letter: DeadLetter }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const time = showMoment(locale, tenant.timeZone, letter.diedAt);
  return (
    <Text size="xs" c="dimmed">
      {t("letters.died", { time })}
    </Text>
  );
}

interface LetterDialogProps {
  letter: DeadLetter | undefined;
  onClose: () => void;
}

/** All that is known of one. */
export function LetterDialog({ letter, onClose }: LetterDialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={letter !== undefined}
      onClose={onClose}
      size="lg"
      title={letter && t("letters.showOf", { id: String(letter.id) })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {letter !== undefined && (
        <Stack gap="sm">
          <Head letter={letter} />
          <Text size="sm">{letter.error}</Text>
          <Times letter={letter} />
          <Text fw={560} size="sm">
            {t("letters.about")}
          </Text>
          <pre className={classes.payload} tabIndex={0} aria-label={t("letters.about")}>
            {JSON.stringify(letter.payload, null, 2)}
          </pre>
          <Webhook letter={letter} />
          {letter.stack !== null && (
            <Long title={t("letters.stack")} text={letter.stack} />
          )}
        </Stack>
      )}
    </Modal>
  );
}

/** What came, if it was a webhook and is still kept. */
function Webhook({ letter }: { letter: DeadLetter }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const whole = useQuery({
    ...letterQuery(letter.id),
    enabled: letter.queue === "webhook",
  });
  if (letter.queue !== "webhook" || whole.isError) return null;
  if (whole.isPending) return <Skeleton height={80} />;
  const { webhook } = whole.data;
  if (webhook === null) {
    return (
      <Text size="sm" c="dimmed">
        {t("letters.webhookGone")}
      </Text>
    );
  }
  const received = showMoment(locale, tenant.timeZone, webhook.receivedAt);
  return (
    <>
      <Text size="xs" c="dimmed" className={classes.ids}>
        {t("letters.request", { id: webhook.requestId, time: received })}
        {webhook.messageIds.length > 0 && (
          <> {t("letters.messages", { ids: webhook.messageIds.join(", ") })}</>
        )}
      </Text>
      {webhook.payload === null ? (
        <Text size="sm" c="dimmed">
          {t("letters.webhookGone")}
        </Text>
      ) : (
        <Long title={t("letters.webhook")} text={written(webhook.payload)} />
      )}
    </>
  );
}

function written(payload: unknown): string {
  return typeof payload === "string" ? payload : JSON.stringify(payload, null, 2);
}

function Long({ title, text }: { title: string; text: string }) {
  return (
    <>
      <Text fw={560} size="sm">
        {title}
      </Text>
      <pre className={classes.payload} tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </>
  );
}
