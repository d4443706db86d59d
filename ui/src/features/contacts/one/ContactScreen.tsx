import { Badge, Button, Group, Skeleton, Text, Title } from "@mantine/core";
import { IconArrowMerge, IconChevronLeft, IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { ApiError } from "../../../api/client";
import type { ContactDetail } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { LinkButton, LinkText } from "../../../components/links";
import { Panel } from "../../../components/Panel";
import { Empty, Failed, Stale } from "../../../components/States";
import { useSpeech } from "../../../lib/i18n";
import { showMoment } from "../../../lib/time";
import { Face } from "../Face";
import { contactQuery } from "../queries";
import { Timeline } from "../timeline/Timeline";
import { useContactName, useMayChange, useSourceWord } from "../words";
import { Attributes } from "./Attributes";
import classes from "./Contact.module.css";
import { Identities } from "./Identities";
import { Known } from "./Known";
import { MergeDialog } from "./MergeDialog";
import { Merges } from "./Merges";
import { OpenQuestions } from "./OpenQuestions";
import { Tags } from "./Tags";

interface ContactScreenProps {
  contactId: string;
  /** It is shown as part of another, or the other way round. */
  onMoved: (contactId: string) => void;
}

/** One person: what is known of them, and everything that they did. */
export function ContactScreen({ contactId, onMoved }: ContactScreenProps) {
  const { t } = useSpeech();
  const contact = useQuery(contactQuery(contactId));
  const nameOf = useContactName();
  const retry = () => void contact.refetch();
  const { data, error } = contact;
  const shown = data?.id ?? contactId;
  useEffect(() => {
    if (shown !== contactId) onMoved(shown);
  }, [shown, contactId, onMoved]);
  const title = data === undefined ? t("contacts.title") : nameOf(data);

  return (
    <div className={classes.page}>
      <title>{`${title} · Pista`}</title>
      <LinkText to="/contacts" size="sm" className={classes.back}>
        <IconChevronLeft size={14} aria-hidden="true" />
        {t("contact.all")}
      </LinkText>
      {contact.isPending && <Skeleton height={420} />}
      {data === undefined &&
        error !== null &&
        (error instanceof ApiError && error.code === "contact_not_found" ? (
          <Gone />
        ) : (
          <Panel>
            <Failed error={error} onRetry={retry} />
          </Panel>
        ))}
      {data !== undefined && (
        <>
          {error !== null && <Stale onRetry={retry} />}
          <Shown contact={data} onMoved={onMoved} />
        </>
      )}
    </div>
  );
}

function Gone() {
  const { t } = useSpeech();
  return (
    <Panel>
      <Empty
        order={1}
        icon={<IconUserOff size={28} />}
        title={t("contact.gone")}
        text={t("contact.goneHint")}
        action={<LinkButton to="/contacts">{t("contact.all")}</LinkButton>}
      />
    </Panel>
  );
}

interface ShownProps {
  contact: ContactDetail;
  onMoved: (contactId: string) => void;
}

function Shown({ contact, onMoved }: ShownProps) {
  const mayChange = useMayChange();
  return (
    <>
      <Head contact={contact} onMoved={onMoved} />
      {mayChange && <OpenQuestions contactId={contact.id} />}
      <div className={classes.columns}>
        <div className={classes.known}>
          <Known contact={contact} />
          <Tags contact={contact} />
        </div>
        <div className={classes.timeline}>
          <Timeline contactId={contact.id} />
        </div>
        <div className={classes.rest}>
          <Identities contact={contact} />
          <Attributes contact={contact} />
          <Merges contact={contact} />
        </div>
      </div>
    </>
  );
}

function Head({ contact, onMoved }: ShownProps) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const name = useContactName()(contact);
  const sourceWord = useSourceWord();
  const mayChange = useMayChange();
  const [merging, setMerging] = useState(false);
  const merged = contact.merges.filter(({ undoneAt }) => undoneAt === null).length;
  return (
    <Group component="header" justify="space-between" gap="md">
      <Group gap="md" wrap="nowrap" miw={0}>
        <Face name={name} size={52} />
        <div className={classes.title}>
          <Group gap="xs">
            <Title order={1}>{name}</Title>
            {merged > 0 && (
              <Badge variant="light" tt="none" fw={500}>
                {t("contact.holds", { count: merged + 1 })}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t("contact.since", {
              time: showMoment(locale, tenant.timeZone, contact.createdAt),
              source: sourceWord(contact.source),
            })}
          </Text>
        </div>
      </Group>
      {mayChange && (
        <Button
          variant="default"
          leftSection={<IconArrowMerge size={16} aria-hidden="true" />}
          onClick={() => setMerging(true)}
        >
          {t("merge.open")}
        </Button>
      )}
      <MergeDialog
        contact={contact}
        opened={merging}
        onClose={() => setMerging(false)}
        onMerged={(into) => {
          setMerging(false);
          if (into !== contact.id) onMoved(into);
        }}
      />
    </Group>
  );
}
