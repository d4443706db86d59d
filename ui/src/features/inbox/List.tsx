import { Button, SegmentedControl, Skeleton, TextInput } from "@mantine/core";
import {
  IconMessageOff,
  IconMessagePlus,
  IconMoodSmile,
  IconSearch,
} from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState, type RefObject } from "react";

import type { Conversation } from "../../api/model";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { isNarrowed, type InboxFilters } from "./filters";
import classes from "./Inbox.module.css";
import { conversationsQuery, unreadQuery } from "./queries";
import { More } from "./More";
import { Row } from "./Row";

const TYPING_PAUSE = 250;

interface ListProps {
  filters: InboxFilters;
  onFilters: (filters: InboxFilters) => void;
  search: RefObject<HTMLInputElement | null>;
  /** The row that has the focus. */
  onMark: (id: string) => void;
}

export function ConversationList({ filters, onFilters, search, onMark }: ListProps) {
  const { t } = useSpeech();
  const list = useInfiniteQuery(conversationsQuery(filters));
  const talks = list.data?.pages.flatMap(({ items }) => items);
  const retry = () => void list.refetch();
  return (
    <>
      <div className={classes.filters}>
        <SearchBox
          value={filters.q}
          onChange={(q) => onFilters({ ...filters, q })}
          input={search}
        />
        <More filters={filters} onFilters={onFilters} />
        <Boxes filters={filters} onFilters={onFilters} />
      </div>
      <div className={classes.rows} data-fading={list.isPlaceholderData || undefined}>
        {list.isPending && <Waiting />}
        {talks !== undefined && list.isError && <Stale onRetry={retry} />}
        {talks === undefined && list.isError && (
          <Failed error={list.error} onRetry={retry} />
        )}
        {talks?.length === 0 && <None filters={filters} onFilters={onFilters} />}
        {talks !== undefined && talks.length > 0 && (
          <Rows talks={unique(talks)} filters={filters} onMark={onMark} />
        )}
        {list.hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t("inbox.more")}
          </Button>
        )}
      </div>
    </>
  );
}

/** One that moved up while pages were fetched may be on two of them. */
function unique(talks: readonly Conversation[]): Conversation[] {
  return [...new Map(talks.map((talk) => [talk.id, talk])).values()];
}

interface RowsProps {
  talks: readonly Conversation[];
  filters: InboxFilters;
  onMark: (id: string) => void;
}

function Rows({ talks, filters, onMark }: RowsProps) {
  return (
    <ul className={classes.talks}>
      {talks.map((talk) => (
        <li key={talk.id}>
          <Row talk={talk} filters={filters} onFocus={() => onMark(talk.id)} />
        </li>
      ))}
    </ul>
  );
}

interface SearchProps {
  value: string | undefined;
  onChange: (q: string | undefined) => void;
  input: RefObject<HTMLInputElement | null>;
}

function SearchBox({ value, onChange, input }: SearchProps) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState(value ?? "");
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    if ((value ?? "") !== typed.trim()) setTyped(value ?? "");
  }
  useEffect(() => {
    const q = typed.trim() === "" ? undefined : typed.trim();
    if (q === value) return;
    const timer = setTimeout(() => onChange(q), TYPING_PAUSE);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      ref={input}
      type="search"
      className={classes.search}
      aria-label={t("inbox.search")}
      placeholder={t("inbox.searchExample")}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          setTyped("");
          event.currentTarget.blur();
        }
      }}
    />
  );
}

type FilterProps = Pick<ListProps, "filters" | "onFilters">;

function Boxes({ filters, onFilters }: FilterProps) {
  const { t, number } = useSpeech();
  const unread = useQuery(unreadQuery()).data;
  const label = (word: string, count: number | undefined) =>
    count ? (
      <span className={classes.box} title={t("inbox.unreadNow", { count })}>
        {word}
        <span className={classes.unreadHere} aria-hidden="true">
          {number(count)}
        </span>
        <span className="visually-hidden">{`, ${t("inbox.unreadNow", { count })}`}</span>
      </span>
    ) : (
      word
    );
  return (
    <SegmentedControl
      className={classes.boxes}
      fullWidth
      size="xs"
      aria-label={t("inbox.box")}
      value={filters.box ?? "all"}
      onChange={(box) => onFilters({ ...filters, box: box === "all" ? undefined : box })}
      data={[
        { value: "all", label: label(t("inbox.box.all"), unread?.all) },
        { value: "mine", label: label(t("inbox.box.mine"), unread?.mine) },
        { value: "none", label: label(t("inbox.box.none"), unread?.nobody) },
      ]}
    />
  );
}

function None({ filters, onFilters }: FilterProps) {
  const { t } = useSpeech();
  if (isNarrowed(filters)) {
    const quiet = filters.q === undefined && filters.status === undefined;
    return (
      <Empty
        icon={quiet ? <IconMoodSmile size={28} /> : <IconMessageOff size={28} />}
        title={t(quiet ? "inbox.allDone" : "inbox.noMatch")}
        text={t(quiet ? "inbox.allDoneHint" : "inbox.noMatchHint")}
        action={
          <Button variant="default" onClick={() => onFilters({ talk: filters.talk })}>
            {t("inbox.clear")}
          </Button>
        }
      />
    );
  }
  return (
    <Empty
      icon={<IconMessagePlus size={28} />}
      title={t("inbox.none")}
      text={t("inbox.noneHint")}
    />
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-busy="true">
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <Skeleton key={row} height={60} />
      ))}
    </div>
  );
}
