import { Badge, Button, Checkbox, Modal, Stack, Text } from "@mantine/core";

import type { DeadLetter } from "../../api/model";
import { useMe } from "../../api/queries";
import rows from "../../components/Rows.module.css";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Letters.module.css";
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
        </Stack>
      )}
    </Modal>
  );
}
