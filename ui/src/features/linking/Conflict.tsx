import { Badge, Button, Group, Radio, Text } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";

import type { LinkConflict } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { Face } from "../contacts/Face";
import { Side } from "../contacts/Side";
import { showPhone, useContactName } from "../contacts/words";
import { mergedInto } from "./items";
import classes from "./Linking.module.css";

interface ConflictSidesProps {
  conflict: LinkConflict;
  stays: string | undefined;
  onStays: (contact: string) => void;
}

/** Both contacts of a question, and which of them stays if they are one. */
export function ConflictSides({ conflict, stays, onStays }: ConflictSidesProps) {
  const { t } = useSpeech();
  const nameOf = useContactName();
  const { sides, reason, decision } = conflict;
  const chosen = sides.length > 1 && decision === null;
  const into = chosen ? mergedInto(conflict, stays) : undefined;
  const both = (
    <div className={classes.contacts}>
      {sides.map((side) => (
        <Side
          key={side.id}
          contact={side}
          chosen={side.id === into}
          title={
            <Group gap="xs" wrap="nowrap">
              <Face name={nameOf(side)} size={32} />
              <LinkText
                to="/contacts/$contactId"
                params={{ contactId: side.id }}
                fw={600}
              >
                {nameOf(side)}
              </LinkText>
            </Group>
          }
          foot={
            chosen && <Radio value={side.id} label={t("review.keepThis")} size="sm" />
          }
        />
      ))}
    </div>
  );
  return (
    <>
      <About conflict={conflict} />
      <Text size="sm" my="xs" maw={680}>
        {t(`review.hint.${reason}`)}
      </Text>
      {chosen ? (
        <Radio.Group
          value={into ?? null}
          onChange={onStays}
          aria-label={t("review.keep")}
        >
          {both}
        </Radio.Group>
      ) : (
        both
      )}
    </>
  );
}

function About({ conflict: { kind, value, openedAt } }: { conflict: LinkConflict }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const about =
    kind === null || value === null
      ? undefined
      : `${t(`contacts.has.${kind}`)}: ${kind === "phone" ? showPhone(value) : value}`;
  return (
    <Text size="sm" c="dimmed" className={classes.anywhere}>
      {about !== undefined && (
        <>
          <Text span c="var(--mantine-color-text)" fw={560}>
            {about}
          </Text>
          {" · "}
        </>
      )}
      {t("linking.asked", { time: showMoment(locale, tenant.timeZone, openedAt) })}
    </Text>
  );
}

interface DecidedProps {
  conflict: LinkConflict;
  decision: NonNullable<LinkConflict["decision"]>;
  busy: boolean;
  onReopen: () => void;
}

/** What somebody decided, and the way to take it back. */
export function Decided({ conflict, decision, busy, onReopen }: DecidedProps) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const { decidedBy, decidedAt } = conflict;
  return (
    <Group gap="sm" mt="sm">
      <Badge variant="light" color="teal" tt="none" size="lg">
        {t(decision === "merge" ? "review.wasMerged" : "review.wasSeparate")}
      </Badge>
      <Text size="sm" c="dimmed">
        {t("review.decidedBy", {
          name: decidedBy ?? "",
          time: decidedAt === null ? "" : showMoment(locale, tenant.timeZone, decidedAt),
        })}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
        disabled={busy}
        onClick={onReopen}
      >
        {t("review.reopen")}
      </Button>
    </Group>
  );
}
