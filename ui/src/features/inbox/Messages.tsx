import { Button, Loader, Skeleton } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type RefObject,
} from "react";

import type { ChatMessage, Conversation } from "../../api/model";
import { useMe } from "../../api/queries";
import { Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import type { SocketStatus } from "../../lib/socket";
import { Bubble } from "./Bubble";
import { Viewer } from "./media/Viewer";
import { NoteBubble } from "./NoteBubble";
import { messagesQuery, useMarkRead } from "./queries";
import { itemsOf, lastSeq, type Item } from "./thread";
import classes from "./Thread.module.css";
import { useDayWord } from "./words";

/** Whoever is this near the end goes along with what is new. */
const NEAR = 80;

interface MessagesProps {
  talk: Conversation;
  live: SocketStatus;
  onQuote: (message: ChatMessage) => void;
  onTemplate: () => void;
}

export function Messages({ talk, live, onQuote, onTemplate }: MessagesProps) {
  const { t } = useSpeech();
  const { timeZone } = useMe().tenant;
  const thread = useInfiniteQuery(messagesQuery(talk.id));
  const pages = thread.data?.pages;
  const items = useMemo(() => itemsOf(pages ?? [], timeZone), [pages, timeZone]);
  const said = useMemo(() => messagesOf(items), [items]);
  const box = useRef<HTMLDivElement>(null);
  const scroll = useScroll(box, items);
  useReading(talk, pages === undefined ? 0 : lastSeq(pages), scroll.atEnd);
  const retry = () => void thread.refetch();

  if (thread.isPending) return <Waiting />;
  if (pages === undefined) {
    return (
      <div className={classes.scroller}>
        <Failed error={thread.error} onRetry={retry} />
      </div>
    );
  }
  return (
    <div className={classes.place}>
      <div
        ref={box}
        className={classes.scroller}
        onScroll={scroll.onScroll}
        role="log"
        aria-label={t("inbox.messages")}
        // What scrolls must be reachable by the keys that scroll.
        tabIndex={0}
      >
        {thread.isError && <Stale onRetry={retry} />}
        <div className={classes.top}>
          {thread.hasNextPage ? (
            <Earlier
              busy={thread.isFetchingNextPage}
              onMore={() => void thread.fetchNextPage()}
            />
          ) : (
            <span className={classes.begin}>{t("inbox.begin")}</span>
          )}
        </div>
        <Viewer messages={said}>
          <Items items={items} talk={talk} onQuote={onQuote} onTemplate={onTemplate} />
        </Viewer>
      </div>
      {live === "reconnecting" && (
        <div className={classes.lost}>{t("inbox.offline")}</div>
      )}
      {!scroll.atEnd && (
        <Button
          className={classes.toEnd}
          size="xs"
          radius="xl"
          variant={talk.unread > 0 ? "filled" : "default"}
          leftSection={<IconArrowDown size={14} aria-hidden="true" />}
          onClick={scroll.toEnd}
        >
          {t(talk.unread > 0 ? "inbox.newBelow" : "inbox.toEnd")}
        </Button>
      )}
    </div>
  );
}

function messagesOf(items: readonly Item[]): ChatMessage[] {
  return items.flatMap((item) => (item.kind === "message" ? [item.message] : []));
}

interface ItemsProps {
  items: readonly Item[];
  talk: Conversation;
  onQuote: (message: ChatMessage) => void;
  onTemplate: () => void;
}

function Items({ items, talk, onQuote, onTemplate }: ItemsProps) {
  const dayWord = useDayWord();
  return items.map((item) => {
    switch (item.kind) {
      case "day":
        return (
          <div key={item.key} className={classes.day}>
            <span>{dayWord(item.day)}</span>
          </div>
        );
      case "note":
        return <NoteBubble key={item.key} talk={talk.id} note={item.note} />;
      case "message":
        return (
          <Bubble
            key={item.key}
            talk={talk}
            message={item.message}
            joined={item.joined}
            onQuote={onQuote}
            onTemplate={onTemplate}
          />
        );
    }
  });
}

/** Comes into sight when somebody has scrolled to the beginning of what is here. */
function Earlier({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const { t } = useSpeech();
  const ref = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    if (ref.current === null || busy || typeof IntersectionObserver === "undefined")
      return;
    const watch = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting) more.current();
    });
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, [busy]);
  return (
    <div ref={ref}>
      {busy ? (
        <Loader size="xs" aria-label={t("inbox.earlier")} />
      ) : (
        <Button size="compact-xs" variant="subtle" onClick={onMore}>
          {t("inbox.earlier")}
        </Button>
      )}
    </div>
  );
}

interface Scroll {
  atEnd: boolean;
  onScroll: () => void;
  toEnd: () => void;
}

/** Stays where somebody reads when earlier messages come, and goes along at the end. */
function useScroll(
  ref: RefObject<HTMLDivElement | null>,
  items: readonly Item[],
): Scroll {
  const before = useRef({ first: "", height: 0, top: 0 });
  const stick = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const first = items.find(({ kind }) => kind !== "day")?.key ?? "";

  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const was = before.current;
    if (stick.current) box.scrollTop = box.scrollHeight;
    else if (was.first !== "" && was.first !== first) {
      box.scrollTop = was.top + (box.scrollHeight - was.height);
    }
    before.current = { first, height: box.scrollHeight, top: box.scrollTop };
  }, [ref, items, first]);

  // Pictures come later, and the composer grows: the end stays the end.
  useEffect(() => {
    const box = ref.current;
    if (box === null || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(() => {
      if (!stick.current) return;
      box.scrollTop = box.scrollHeight;
      before.current.top = box.scrollTop;
    });
    watch.observe(box);
    for (const child of box.children) watch.observe(child);
    return () => watch.disconnect();
  }, [ref, items]);

  const onScroll = () => {
    const box = ref.current;
    if (box === null) return;
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    // What grows below moves the end away from us, and not us from the end.
    const up = box.scrollTop < before.current.top;
    if (near || up) stick.current = near;
    before.current = { first, height: box.scrollHeight, top: box.scrollTop };
    setAtEnd(stick.current);
  };
  const toEnd = () => {
    stick.current = true;
    if (ref.current !== null) ref.current.scrollTop = ref.current.scrollHeight;
    setAtEnd(true);
  };
  return { atEnd, onScroll, toEnd };
}

/** What is on the screen of somebody who looks at it is read. */
function useReading(talk: Conversation, seq: number, atEnd: boolean): void {
  const { mutate } = useMarkRead(talk.id);
  const told = useRef(0);
  const { unread } = talk;
  useEffect(() => {
    function read(): void {
      const looks = document.visibilityState === "visible";
      if (!looks || !atEnd || unread === 0 || seq <= told.current) return;
      told.current = seq;
      mutate(seq, {
        onError: () => {
          told.current = 0;
        },
      });
    }
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [unread, seq, atEnd, mutate]);
}

function Waiting() {
  return (
    <div className={classes.scroller} aria-busy="true">
      <Skeleton height={48} width="55%" />
      <Skeleton height={64} width="48%" ml="auto" mt="sm" />
      <Skeleton height={40} width="40%" mt="sm" />
      <Skeleton height={56} width="50%" ml="auto" mt="sm" />
    </div>
  );
}
