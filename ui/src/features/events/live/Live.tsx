import { Button, Group, Skeleton, Text, TextInput } from "@mantine/core";
import {
  IconBroadcast,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconSearch,
  IconSearchOff,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type KeyboardEvent } from "react";

import { useMe, valuesQuery } from "../../../api/queries";
import { Panel } from "../../../components/Panel";
import { Empty } from "../../../components/States";
import { SuggestInput } from "../../../components/SuggestInput";
import { useSpeech } from "../../../lib/i18n";
import type { SocketStatus } from "../../../lib/socket";
import type { Filters } from "../filters";
import { countOf, matching, MOST_ROWS, type Feed } from "./feed";
import classes from "./Live.module.css";
import { LiveRow } from "./LiveRow";
import { useFeed } from "./useFeed";

interface LiveProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

/** Events as they come, newest on top. */
export function Live({ filters, onFilters }: LiveProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const { feed, dispatch, status } = useFeed({
    tenantId: tenant.id,
    site: filters.site,
    eventType: filters.type,
  });
  const toggle = () => dispatch({ do: feed.paused ? "resume" : "pause" });

  return (
    <Panel
      flush
      title={t("stream.title")}
      hint={<Status status={status} heard={feed.heard} />}
      actions={<PauseButton feed={feed} onToggle={toggle} />}
    >
      <LiveFilters filters={filters} onFilters={onFilters} />
      <Rows feed={feed} status={status} text={filters.text ?? ""} onToggle={toggle} />
      <Text size="xs" c="dimmed" className={classes.foot}>
        {t("stream.note", { most: MOST_ROWS })}
      </Text>
    </Panel>
  );
}

function Status({ status, heard }: { status: SocketStatus; heard: number }) {
  const { t } = useSpeech();
  return (
    <Group gap="xs">
      <span className={classes.status} data-status={status} role="status">
        <span className={classes.statusDot} aria-hidden="true" />
        {t(`stream.status.${status}`)}
      </span>
      <span className="number">{t("stream.heard", { count: heard })}</span>
    </Group>
  );
}

function PauseButton({ feed, onToggle }: { feed: Feed; onToggle: () => void }) {
  const { t } = useSpeech();
  const Icon = feed.paused ? IconPlayerPlayFilled : IconPlayerPauseFilled;
  return (
    <Button
      variant={feed.paused ? "filled" : "default"}
      leftSection={<Icon size={14} aria-hidden="true" />}
      onClick={onToggle}
    >
      {feed.paused
        ? t("stream.resume", { count: countOf(feed.waiting) })
        : t("stream.pause")}
    </Button>
  );
}

function LiveFilters({ filters, onFilters }: LiveProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const [text, setText] = useState(filters.text ?? "");
  const types = useQuery(valuesQuery({ tenantId: tenant.id, by: "eventType" }));
  return (
    <Group gap="xs" className={classes.filters}>
      <SuggestInput
        label={t("stream.type")}
        placeholder={t("stream.allTypes")}
        className={classes.type}
        suggestions={(types.data?.rows ?? []).map(({ value, events }) => ({
          value,
          count: events,
        }))}
        value={filters.type ?? ""}
        tidied={(typed) => typed.trim().toUpperCase().slice(0, 64)}
        onValue={(type) => onFilters({ ...filters, type: type || undefined })}
      />
      <TextInput
        label={t("stream.text")}
        placeholder={t("stream.textExample")}
        className={classes.text}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={text}
        onChange={({ currentTarget }) => {
          const typed = currentTarget.value;
          setText(typed);
          onFilters({ ...filters, text: typed.trim() || undefined });
        }}
      />
    </Group>
  );
}

interface RowsProps {
  feed: Feed;
  status: SocketStatus;
  text: string;
  onToggle: () => void;
}

function Rows({ feed, status, text, onToggle }: RowsProps) {
  const { t } = useSpeech();
  const [opened, setOpened] = useState<string | null>(null);
  const rows = matching(feed.rows, text);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    // On a row the space bar opens it, as on any button.
    if (event.key !== " " || event.target !== event.currentTarget) return;
    event.preventDefault();
    onToggle();
  }

  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={t("stream.list")}
      tabIndex={0}
      onKeyDown={onKeyDown}
      data-paused={feed.paused || undefined}
    >
      {feed.paused && feed.lost > 0 && (
        <Text size="sm" className={classes.mark}>
          {t("stream.lost", { count: feed.lost })}
        </Text>
      )}
      {rows.length === 0 && <Nothing feed={feed} status={status} />}
      {rows.length > 0 && (
        <ol className={classes.rows}>
          {rows.map((item) => (
            <LiveRow
              key={item.key}
              item={item}
              opened={opened === item.key}
              onOpen={() => setOpened(opened === item.key ? null : item.key)}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

function Nothing({ feed, status }: { feed: Feed; status: SocketStatus }) {
  const { t } = useSpeech();
  if (feed.rows.length > 0) {
    return <Empty icon={<IconSearchOff size={26} />} title={t("stream.noMatch")} />;
  }
  if (status === "connecting") {
    return (
      <div className={classes.skeleton} aria-hidden="true">
        {Array.from({ length: 6 }, (_, n) => (
          <Skeleton key={n} height={22} />
        ))}
      </div>
    );
  }
  return (
    <Empty
      icon={<IconBroadcast size={28} />}
      title={t("stream.waiting")}
      text={t("stream.waitingHint")}
    />
  );
}
