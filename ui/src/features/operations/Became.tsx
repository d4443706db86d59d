import { Badge } from "@mantine/core";

import type { ChatWebhook } from "../../api/model";
import { showBytes } from "../../lib/bytes";
import { useSpeech } from "../../lib/i18n";

/** How much was in it, how much of that is kept, and what was wrong. */
export function Became({ one }: { one: ChatWebhook }) {
  const { t, locale } = useSpeech();
  const parts = [showBytes(locale, one.size)];
  if (one.items !== null) parts.push(t("operations.logItems", { count: one.items }));
  if (one.kept !== null && one.kept !== one.items) {
    parts.push(t("operations.logKept", { count: one.kept }));
  }
  if (one.detail !== null) parts.push(one.detail);
  return parts.join(" · ");
}

const COLOURS: Readonly<Record<ChatWebhook["state"], string>> = {
  waiting: "blue",
  done: "teal",
  ignored: "gray",
  malformed: "orange",
  failed: "red",
};

export function StateBadge({ state }: { state: ChatWebhook["state"] }) {
  const { t } = useSpeech();
  return (
    <Badge size="sm" variant="light" tt="none" color={COLOURS[state]}>
      {t(`operations.logState.${state}`)}
    </Badge>
  );
}
