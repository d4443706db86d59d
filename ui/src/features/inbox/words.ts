/** Conversations in the reader's language. */
import { useCallback } from "react";

import type { ChatMedia, ChatMessage, Conversation } from "../../api/model";
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
  "reaction",
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

type Advice = NonNullable<ChatMedia["advice"]> | "unknown" | "unknown_for_good" | "none";

/** Each that the server may name: one that is new there is missed here by the compiler. */
const ADVICE: Readonly<Record<Advice, TextKey>> = {
  wait: "inbox.advice.wait",
  wait_for_person: "inbox.advice.wait_for_person",
  check_token: "inbox.advice.check_token",
  check_permissions: "inbox.advice.check_permissions",
  check_account: "inbox.advice.check_account",
  check_billing: "inbox.advice.check_billing",
  check_quality: "inbox.advice.check_quality",
  check_registration: "inbox.advice.check_registration",
  use_template: "inbox.advice.use_template",
  check_template: "inbox.advice.check_template",
  check_number: "inbox.advice.check_number",
  check_media: "inbox.advice.check_media",
  check_message: "inbox.advice.check_message",
  opted_out: "inbox.advice.opted_out",
  not_today: "inbox.advice.not_today",
  not_reachable: "inbox.advice.not_reachable",
  person_blocked: "inbox.advice.person_blocked",
  ask_to_start: "inbox.advice.ask_to_start",
  chat_moved: "inbox.advice.chat_moved",
  ask_support: "inbox.advice.ask_support",
  unknown: "inbox.advice.unknown",
  unknown_for_good: "inbox.advice.unknown_for_good",
  none: "inbox.advice.none",
};

export const ADVICE_KEYS = Object.keys(ADVICE) as Advice[];

export function adviceKey({ key }: { key: string }): TextKey {
  return ADVICE[oneOf(ADVICE_KEYS, key) ?? "ask_support"];
}

const EVENTS = [
  "user_changed_number",
  "user_changed_user_id",
  "customer_identity_changed",
  "request_welcome",
  "new_chat_members",
  "left_chat_member",
  "new_chat_title",
  "pinned_message",
  "write_access_allowed",
  "successful_payment",
  "refunded_payment",
] as const;

/** What the platform told; in its own word where nobody has put it into ours. */
export function useNoticeWord(): (message: ChatMessage) => string {
  const { t } = useSpeech();
  return useCallback(
    ({ text, content: { event } }) => {
      const known = oneOf(EVENTS, event);
      if (known !== undefined) return text ?? t(`inbox.event.${known}`);
      if (text !== null) return text;
      return event == null
        ? t("inbox.kind.system")
        : `${t("inbox.kind.system")}: ${event}`;
    },
    [t],
  );
}
