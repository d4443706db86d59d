import { ActionIcon } from "@mantine/core";
import { IconNote, IconTrash } from "@tabler/icons-react";

import type { ChatNote } from "../../api/model";
import { useMe } from "../../api/queries";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showTime } from "../../lib/time";
import { useDropNote } from "./queries";
import { Words } from "./parts/Words";
import classes from "./Thread.module.css";

/** What colleagues say to each other; nobody else sees it. */
export function NoteBubble({ talk, note }: { talk: string; note: ChatNote }) {
  const { t, locale } = useSpeech();
  const { user, tenant } = useMe();
  const { failed } = useToasts();
  const drop = useDropNote(talk);
  const mine = note.author.id === user.id || user.role !== "asesor";
  return (
    <article className={classes.note}>
      <header className={classes.noteHead}>
        <IconNote size={13} aria-hidden="true" />
        {t("inbox.noteFor")} · {note.author.name}
        {mine && (
          <ActionIcon
            className={classes.hidden}
            variant="transparent"
            color="dark"
            size={18}
            aria-label={t("inbox.noteDelete")}
            loading={drop.isPending}
            onClick={() => drop.mutate(note.id, { onError: failed })}
          >
            <IconTrash size={13} aria-hidden="true" />
          </ActionIcon>
        )}
      </header>
      <Words text={note.text} />
      <footer className={classes.foot}>
        <time dateTime={note.at}>{showTime(locale, tenant.timeZone, note.at)}</time>
      </footer>
    </article>
  );
}
