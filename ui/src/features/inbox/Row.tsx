import { IconBrandTelegram, IconBrandWhatsapp } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

import type { Conversation } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { Face } from "../contacts/Face";
import type { InboxFilters } from "./filters";
import classes from "./Inbox.module.css";
import { useKindWord, useShortMoment, useTalkName } from "./words";

const MOST = 99;

interface RowProps {
  talk: Conversation;
  filters: InboxFilters;
  onFocus: () => void;
}

/** One conversation in the list: with whom, what was said last, and what is new. */
export function Row({ talk, filters, onFocus }: RowProps) {
  const { t, number } = useSpeech();
  const me = useMe().user;
  const name = useTalkName()(talk);
  const moment = useShortMoment();
  const holder = talk.assignedTo;
  const Platform =
    talk.channel.platform === "whatsapp" ? IconBrandWhatsapp : IconBrandTelegram;
  return (
    <Link
      id={`talk-${talk.id}`}
      to="/inbox"
      search={{ ...filters, talk: talk.id }}
      resetScroll={false}
      className={classes.talk}
      data-chosen={filters.talk === talk.id || undefined}
      data-unread={talk.unread > 0 || undefined}
      aria-current={filters.talk === talk.id ? "true" : undefined}
      onFocus={onFocus}
    >
      <span className={classes.face}>
        <Face name={name} size={40} />
        <span className={classes.platform} data-platform={talk.channel.platform}>
          <Platform size={12} aria-hidden="true" />
        </span>
      </span>
      <span className={classes.name}>{name}</span>
      <span className={classes.when}>
        {talk.lastMessageAt !== null && (
          <time dateTime={talk.lastMessageAt}>{moment(talk.lastMessageAt)}</time>
        )}
      </span>
      <span className={classes.preview}>
        <Preview talk={talk} />
      </span>
      <span className={classes.marks}>
        {talk.status === "closed" && (
          <span className={classes.mark}>{t("inbox.closedMark")}</span>
        )}
        {holder != null && holder.id !== me.id && (
          <span
            className={classes.holder}
            title={t("inbox.assignedTo", { name: holder.name })}
          >
            {initials(holder.name)}
            <span className="visually-hidden">
              {t("inbox.assignedTo", { name: holder.name })}
            </span>
          </span>
        )}
        {talk.unread > 0 && (
          <span className={classes.badge}>
            <span aria-hidden="true">
              {talk.unread > MOST ? `${String(MOST)}+` : number(talk.unread)}
            </span>
            <span className="visually-hidden">
              {t("inbox.unreadCount", { count: talk.unread })}
            </span>
          </span>
        )}
      </span>
    </Link>
  );
}

function Preview({ talk }: { talk: Conversation }) {
  const { t } = useSpeech();
  const kindWord = useKindWord();
  if (talk.found?.text) return talk.found.text;
  if (talk.draft !== null) {
    return (
      <>
        <span className={classes.draft}>{t("inbox.draft")}:</span> {talk.draft}
      </>
    );
  }
  if (talk.preview === null) return null;
  const { text, kind, direction } = talk.preview;
  return (
    <>
      {direction === "out" && <span className={classes.mine}>{t("inbox.us")}: </span>}
      {text ?? kindWord(kind)}
    </>
  );
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join("")
    .toUpperCase();
}
