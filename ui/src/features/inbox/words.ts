/** Conversations in the reader's language. */
import { useCallback } from "react";

import type { ChatMessage, Conversation } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech, type TextKey } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { dayIn, addDays, showDay, showTime, type Day } from "../../lib/time";

export const KINDS = [
  "image",
  "video",
  "audio",
  "voice",
  "document",
  "sticker",
  "location",
  "contacts",
  "interactive",
  "button",
  "order",
  "template",
  "system",
  "unsupported",
  "unknown",
] as const;

/** What a message without a text is called. */
export function useKindWord(): (kind: string) => string {
  const { t } = useSpeech();
  return useCallback((kind) => t(`inbox.kind.${oneOf(KINDS, kind) ?? "unknown"}`), [t]);
}

/** Whom a conversation is with. */
export function useTalkName(): (talk: Conversation) => string {
  const { t } = useSpeech();
  return useCallback(
    ({ contact, person, groupId }) =>
      contact?.name ??
      person?.name ??
      (person?.username ? `@${person.username}` : undefined) ??
      t(groupId === null ? "inbox.unnamed" : "inbox.group"),
    [t],
  );
}

/** Today its time, this week its weekday, else its day. */
export function useShortMoment(): (at: string) => string {
  const { t, locale } = useSpeech();
  const { timeZone } = useMe().tenant;
  return useCallback(
    (at) => {
      const day = dayIn(timeZone, new Date(at));
      const today = dayIn(timeZone, new Date());
      if (day === today) return showTime(locale, timeZone, at);
      if (day === addDays(today, -1)) return t("inbox.yesterday");
      const options: Intl.DateTimeFormatOptions =
        day > addDays(today, -7)
          ? { weekday: "short" }
          : { day: "2-digit", month: "2-digit", year: "2-digit" };
      return new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(
        new Date(at),
      );
    },
    [t, locale, timeZone],
  );
}

export function useDayWord(): (day: Day) => string {
  const { t, locale } = useSpeech();
  const { timeZone } = useMe().tenant;
  return useCallback(
    (day) => {
      const today = dayIn(timeZone, new Date());
      if (day === today) return t("inbox.today");
      return day === addDays(today, -1) ? t("inbox.yesterday") : showDay(locale, day);
    },
    [t, locale, timeZone],
  );
}

const STATUSES = [
  "queued",
  "unknown",
  "accepted",
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
] as const;

export function statusKey(status: string): TextKey {
  return `inbox.status.${oneOf(STATUSES, status) ?? "unknown"}`;
}

const ADVICE = [
  "wait",
  "wait_for_person",
  "check_token",
  "check_permissions",
  "check_account",
  "check_billing",
  "check_quality",
  "check_registration",
  "use_template",
  "check_template",
  "check_number",
  "check_media",
  "check_message",
  "opted_out",
  "not_today",
  "not_reachable",
  "person_blocked",
  "ask_to_start",
  "chat_moved",
  "ask_support",
] as const;

export function adviceKey({ key }: NonNullable<ChatMessage["failure"]>): TextKey {
  return `inbox.advice.${oneOf(ADVICE, key) ?? "ask_support"}`;
}
