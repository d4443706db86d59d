import { Badge, Group, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import type { Conversation } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkButton, LinkText } from "../../components/links";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { Face } from "../contacts/Face";
import { contactQuery } from "../contacts/queries";
import { TalkPix } from "../sales/TalkPix";
import { showPhone } from "../contacts/words";
import classes from "./Inbox.module.css";
import { talksOfQuery } from "./queries";
import { useTalkName } from "./words";

/** Whom one talks to, and all that leads on from here. */
export function SidePanel({ talk }: { talk: Conversation }) {
  const { t, locale } = useSpeech();
  const { timeZone } = useMe().tenant;
  const name = useTalkName()(talk);
  const moment = (at: string) => showMoment(locale, timeZone, at);
  return (
    <div className={classes.panel}>
      <div className={classes.card}>
        <Face name={name} size={64} />
        <Text fw={640} ta="center">
          {name}
        </Text>
        {talk.blocked && (
          <Badge color="red" variant="light" tt="none">
            {t("inbox.blocked")}
          </Badge>
        )}
        {talk.contact !== null && (
          <LinkButton
            to="/contacts/$contactId"
            params={{ contactId: talk.contact.id }}
            variant="default"
            size="xs"
          >
            {t("inbox.openContact")}
          </LinkButton>
        )}
      </div>
      {talk.contact === null ? (
        talk.groupId === null && (
          <Text size="sm" c="dimmed" ta="center">
            {t("inbox.knowing")}
          </Text>
        )
      ) : (
        <Known contactId={talk.contact.id} />
      )}
      <dl className={classes.facts}>
        <Fact name={t("inbox.channel")}>
          {talk.channel.name}
          {talk.channel.display && (
            <span className={classes.dim}> · {talk.channel.display}</span>
          )}
        </Fact>
        {talk.person?.username && (
          <Fact name={t("inbox.username")}>@{talk.person.username}</Fact>
        )}
        {talk.lastInboundAt !== null && (
          <Fact name={t("inbox.lastInbound")}>{moment(talk.lastInboundAt)}</Fact>
        )}
        {talk.windowUntil !== null && <Window until={talk.windowUntil} moment={moment} />}
      </dl>
      {talk.person !== null && <TalkPix talk={talk.id} />}
      {talk.contact !== null && <Others contactId={talk.contact.id} but={talk.id} />}
    </div>
  );
}

function Window({ until, moment }: { until: string; moment: (at: string) => string }) {
  const { t } = useSpeech();
  const [now] = useState(() => Date.now());
  const over = Date.parse(until) < now;
  return (
    <Fact name="WhatsApp">
      {over ? t("inbox.windowOver") : t("inbox.windowUntil", { time: moment(until) })}
    </Fact>
  );
}

function Known({ contactId }: { contactId: string }) {
  const { t } = useSpeech();
  const contact = useQuery(contactQuery(contactId)).data;
  if (contact === undefined) return <Skeleton height={80} />;
  const { email, phone, crmId, tags } = contact;
  return (
    <dl className={classes.facts}>
      {phone !== null && (
        <Fact name={t("contacts.column.phone")}>{showPhone(phone)}</Fact>
      )}
      {email !== null && <Fact name={t("contacts.column.email")}>{email}</Fact>}
      {crmId !== null && <Fact name={t("contacts.column.crmId")}>{crmId}</Fact>}
      {tags.length > 0 && (
        <Fact name={t("inbox.tags")}>
          <Group gap={4}>
            {tags.map((tag) => (
              <Badge key={tag} variant="light" tt="none" fw={500}>
                {tag}
              </Badge>
            ))}
          </Group>
        </Fact>
      )}
    </dl>
  );
}

function Others({ contactId, but }: { contactId: string; but: string }) {
  const { t } = useSpeech();
  const talks = useQuery(talksOfQuery(contactId)).data?.items ?? [];
  const others = talks.filter(({ id }) => id !== but);
  if (others.length === 0) return null;
  return (
    <section>
      <h3 className={classes.subtitle}>{t("inbox.otherTalks")}</h3>
      <ul className={classes.plain}>
        {others.map((talk) => (
          <li key={talk.id}>
            <LinkText to="/inbox" search={{ talk: talk.id }} size="sm">
              {talk.channel.name}
            </LinkText>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
