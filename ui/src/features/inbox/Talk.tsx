import { ActionIcon, Drawer, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronLeft, IconMessageOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useImperativeHandle, useRef, useState, type Ref } from "react";

import { ApiError } from "../../api/client";
import type { ChatMessage, Conversation } from "../../api/model";
import { useMe } from "../../api/queries";
import { Empty, Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import type { SocketStatus } from "../../lib/socket";
import { Composer, type ComposerHandle } from "./compose/Composer";
import classes from "./Inbox.module.css";
import { DropHere, useDrop } from "./DropHere";
import { Messages } from "./Messages";
import { usePresence } from "./presence";
import { conversationQuery } from "./queries";
import { SidePanel } from "./SidePanel";
import { TalkHead } from "./TalkHead";
import { useTakeIt } from "./useTakeIt";
import { useToggle } from "./useToggle";

/** What keys do with the conversation that is open. */
export interface TalkHandle {
  reply: () => void;
  note: () => void;
  template: () => void;
  take: () => void;
  toggle: () => void;
}

interface TalkProps {
  id: string;
  live: SocketStatus;
  onBack: () => void;
  ref: Ref<TalkHandle>;
}

/** One conversation with all that belongs to it. */
export function Talk({ id, live, onBack, ref }: TalkProps) {
  const { t } = useSpeech();
  const talk = useQuery(conversationQuery(id));
  if (talk.data !== undefined && !isGone(talk.error)) {
    return <Shown talk={talk.data} live={live} onBack={onBack} ref={ref} />;
  }
  return (
    <section className={classes.thread} aria-label={t("inbox.messages")}>
      <div className={classes.head}>
        <Back onBack={onBack} />
      </div>
      {talk.isPending && (
        <div className={classes.waiting} aria-busy="true">
          <Skeleton height={48} width="60%" />
          <Skeleton height={72} width="45%" ml="auto" />
          <Skeleton height={48} width="50%" />
        </div>
      )}
      {isGone(talk.error) && (
        <Empty
          icon={<IconMessageOff size={28} />}
          title={t("inbox.gone")}
          text={t("inbox.goneHint")}
        />
      )}
      {talk.error !== null && !isGone(talk.error) && (
        <Failed error={talk.error} onRetry={() => void talk.refetch()} />
      )}
    </section>
  );
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === "conversation_not_found";
}

function Back({ onBack }: { onBack: () => void }) {
  const { t } = useSpeech();
  return (
    <ActionIcon
      className={classes.back}
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={t("inbox.back")}
      onClick={onBack}
    >
      <IconChevronLeft size={22} aria-hidden="true" />
    </ActionIcon>
  );
}

interface ShownProps extends Omit<TalkProps, "id"> {
  talk: Conversation;
}

function Shown({ talk, live, onBack, ref }: ShownProps) {
  const { t } = useSpeech();
  const me = useMe().user;
  const here = usePresence(talk.id);
  const composer = useRef<ComposerHandle>(null);
  const [quoted, setQuoted] = useState<ChatMessage | null>(null);
  const [details, setDetails] = useState(false);
  const wide = useMediaQuery("(min-width: 80em)", true);
  const takeIt = useTakeIt(talk);
  const toggle = useToggle(talk);
  const drop = useDrop((files) => composer.current?.attach(files));
  useImperativeHandle(ref, () => ({
    reply: () => composer.current?.focus("reply"),
    note: () => composer.current?.focus("note"),
    template: () => composer.current?.template(),
    take: () => takeIt(talk.assignedTo?.id === me.id ? null : me.id),
    toggle,
  }));

  return (
    <>
      <section
        className={classes.thread}
        aria-label={t("inbox.messages")}
        {...drop.props}
      >
        {drop.over && <DropHere />}
        <TalkHead
          talk={talk}
          presence={here.presence}
          back={<Back onBack={onBack} />}
          onDetails={() => setDetails(true)}
          onAssign={takeIt}
          onToggle={toggle}
        />
        <Messages
          talk={talk}
          live={live}
          onQuote={(message) => {
            setQuoted(message);
            composer.current?.focus("reply");
          }}
          onTemplate={() => composer.current?.template()}
        />
        <Composer
          ref={composer}
          talk={talk}
          here={here}
          quoted={quoted}
          onUnquote={() => setQuoted(null)}
        />
      </section>
      {wide ? (
        <aside className={classes.side} aria-label={t("inbox.details")}>
          <SidePanel talk={talk} />
        </aside>
      ) : (
        <Drawer
          opened={details}
          onClose={() => setDetails(false)}
          position="right"
          size="sm"
          title={t("inbox.details")}
          closeButtonProps={{ "aria-label": t("action.close") }}
        >
          <SidePanel talk={talk} />
        </Drawer>
      )}
    </>
  );
}
