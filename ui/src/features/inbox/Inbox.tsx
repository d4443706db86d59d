import { Text } from "@mantine/core";
import { IconMessage2, IconWifiOff } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import type { SocketStatus } from "../../lib/socket";
import { useSpeech } from "../../lib/i18n";
import type { InboxFilters } from "./filters";
import classes from "./Inbox.module.css";
import { ConversationList } from "./List";
import { conversationsQuery } from "./queries";
import { SendingLines } from "./SendingLine";
import { Talk, type TalkHandle } from "./Talk";
import { useCatchUp } from "./useCatchUp";
import { useInboxKeys } from "./useInboxKeys";

interface InboxProps {
  filters: InboxFilters;
  onFilters: (filters: InboxFilters) => void;
  live: SocketStatus;
}

/** Conversations side by side on a desk; one after the other on a phone. */
export function InboxScreen({ filters, onFilters, live }: InboxProps) {
  const { t } = useSpeech();
  const list = useInfiniteQuery(conversationsQuery(filters));
  const talks = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = (talk: string | undefined) => onFilters({ ...filters, talk });
  const search = useRef<HTMLInputElement>(null);
  const marked = useRef<string | undefined>(undefined);
  const talk = useRef<TalkHandle>(null);
  useCatchUp(useQueryClient());

  const step = (by: 1 | -1) => {
    const at = talks.findIndex(({ id }) => id === (marked.current ?? filters.talk));
    const next = talks[at === -1 ? 0 : Math.min(Math.max(at + by, 0), talks.length - 1)];
    if (next === undefined) return;
    marked.current = next.id;
    const row = document.getElementById(`talk-${next.id}`);
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  };
  useInboxKeys((key, event) => {
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "/") search.current?.focus();
    else if (key === "Escape") open(undefined);
    else if (key === "r") talk.current?.reply();
    else if (key === "n") talk.current?.note();
    else if (key === "t") talk.current?.template();
    else if (key === "a") talk.current?.take();
    else if (key === "e") talk.current?.toggle();
    else return;
    event.preventDefault();
  });

  return (
    <div className={classes.frame} data-open={filters.talk !== undefined || undefined}>
      <title>{`${t("inbox.title")} · Pista`}</title>
      {/* Also there while a phone shows a conversation and no list. */}
      <h1 className="visually-hidden">{t("inbox.title")}</h1>
      <section className={classes.list} aria-label={t("inbox.list")}>
        <div className={classes.title} aria-hidden="true">
          {t("inbox.title")}
        </div>
        {live === "reconnecting" && <Offline />}
        <div className={classes.sending}>
          <SendingLines channel={filters.channel} />
        </div>
        <ConversationList
          filters={filters}
          onFilters={onFilters}
          search={search}
          onMark={(id) => {
            marked.current = id;
          }}
        />
      </section>
      {filters.talk === undefined ? (
        <Nothing />
      ) : (
        <Talk
          key={filters.talk}
          ref={talk}
          id={filters.talk}
          live={live}
          onBack={() => {
            const { talk: was } = filters;
            open(undefined);
            requestAnimationFrame(() => document.getElementById(`talk-${was}`)?.focus());
          }}
        />
      )}
    </div>
  );
}

function Offline() {
  const { t } = useSpeech();
  return (
    <div className={classes.offline} role="status">
      <IconWifiOff size={16} aria-hidden="true" />
      {t("inbox.offline")}
    </div>
  );
}

function Nothing() {
  const { t } = useSpeech();
  return (
    <section className={classes.nothing} aria-label={t("inbox.messages")}>
      <IconMessage2 size={36} stroke={1.4} aria-hidden="true" />
      <Text fw={600}>{t("inbox.choose")}</Text>
      <Text size="sm" c="dimmed" ta="center" maw={320}>
        {t("inbox.chooseHint", { down: "j", up: "k", enter: "Enter" })}
      </Text>
    </section>
  );
}
