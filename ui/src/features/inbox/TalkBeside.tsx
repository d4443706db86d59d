import { Select, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { ChatMessage, Conversation } from "../../api/model";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import type { SocketStatus } from "../../lib/socket";
import { Composer, type ComposerHandle } from "./compose/Composer";
import classes from "./TalkBeside.module.css";
import { Messages } from "./Messages";
import { usePresence } from "./presence";
import { talksOfQuery } from "./queries";

interface TalkBesideProps {
  contactId: string;
  live: SocketStatus;
}

/** A contact's conversations beside something else, one of them open to be answered. */
export function TalkBeside({ contactId, live }: TalkBesideProps) {
  const { t } = useSpeech();
  const talks = useQuery(talksOfQuery(contactId));
  const [chosen, setChosen] = useState<string | null>(null);
  const items = talks.data?.items ?? [];
  const talk = items.find(({ id }) => id === chosen) ?? items[0];
  if (talks.isPending) return <Skeleton height={200} />;
  if (talks.data === undefined) {
    return <Failed error={talks.error} onRetry={() => void talks.refetch()} />;
  }
  if (talk === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t("inbox.noTalks")}
      </Text>
    );
  }
  return (
    <section className={classes.beside} aria-label={t("inbox.messages")}>
      {items.length > 1 && (
        <Select
          aria-label={t("inbox.talks")}
          data={items.map(({ id, channel }) => ({ value: id, label: channel.name }))}
          value={talk.id}
          allowDeselect={false}
          onChange={setChosen}
        />
      )}
      <Thread key={talk.id} talk={talk} live={live} />
    </section>
  );
}

function Thread({ talk, live }: { talk: Conversation; live: SocketStatus }) {
  const here = usePresence(talk.id);
  const composer = useRef<ComposerHandle>(null);
  const [quoted, setQuoted] = useState<ChatMessage | null>(null);
  return (
    <>
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
    </>
  );
}
