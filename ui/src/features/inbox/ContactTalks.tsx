import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { LinkText } from "../../components/links";
import { Panel } from "../../components/Panel";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import classes from "./Inbox.module.css";
import { talksOfQuery } from "./queries";
import { useKindWord, useShortMoment } from "./words";

/** A contact's conversations, on its page. */
export function ContactTalks({ contactId }: { contactId: string }) {
  const { t } = useSpeech();
  const talks = useQuery(talksOfQuery(contactId));
  const kindWord = useKindWord();
  const moment = useShortMoment();
  const items = talks.data?.items;
  return (
    <Panel title={t("inbox.talks")}>
      {talks.isPending && <Skeleton height={40} />}
      {talks.isError && items === undefined && (
        <Failed error={talks.error} onRetry={() => void talks.refetch()} />
      )}
      {items?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("inbox.noTalks")}
        </Text>
      )}
      <ul className={classes.plain}>
        {items?.map((talk) => (
          <li key={talk.id} className={classes.talkLine}>
            <LinkText to="/inbox" search={{ talk: talk.id }} size="sm" fw={560}>
              {talk.channel.name}
            </LinkText>
            <Text size="sm" c="dimmed" truncate>
              {talk.preview === null
                ? ""
                : (talk.preview.text ?? kindWord(talk.preview.kind))}
            </Text>
            {talk.lastMessageAt !== null && (
              <Text size="xs" c="dimmed" component="time" dateTime={talk.lastMessageAt}>
                {moment(talk.lastMessageAt)}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
