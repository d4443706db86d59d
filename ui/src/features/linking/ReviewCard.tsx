import { Button, Group, Kbd, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, type ReactNode } from "react";

import type { Contact, LinkReview } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { ConflictSides, Decided } from "./Conflict";
import { choicesOf, mergedInto, type Item } from "./items";
import classes from "./Linking.module.css";
import { visitorQuery, type Decision } from "./queries";
import { shortId, useEvidence, useNameOf } from "./words";

interface ReviewCardProps {
  item: Item;
  busy: boolean;
  /** Which contact stays, if somebody has chosen. */
  stays: string | undefined;
  onStays: (contact: string) => void;
  onDecide: (decision: Decision) => void;
  onReopen: () => void;
}

/** One thing to decide: both sides, what the visitor did, and the ways to decide it. */
export function ReviewCard({ item, stays, onStays, ...ways }: ReviewCardProps) {
  const id = useId();
  const visitor =
    item.kind === "claim" ? item.review.claim.visitorId : item.conflict.visitorId;
  return (
    <li className={classes.review} data-review tabIndex={-1} aria-labelledby={id}>
      <h3 id={id} className={classes.question}>
        <Question item={item} />
      </h3>
      {item.kind === "claim" ? (
        <ClaimSides review={item.review} />
      ) : (
        <ConflictSides conflict={item.conflict} stays={stays} onStays={onStays} />
      )}
      {visitor !== null && <Visits visitor={visitor} />}
      {item.kind === "conflict" && item.conflict.decision !== null ? (
        <Decided
          conflict={item.conflict}
          decision={item.conflict.decision}
          busy={ways.busy}
          onReopen={ways.onReopen}
        />
      ) : (
        <>
          <Ways item={item} busy={ways.busy} onDecide={ways.onDecide} />
          <Text size="xs" c="dimmed" mt={6}>
            <Consequence item={item} stays={stays} />
          </Text>
        </>
      )}
    </li>
  );
}

function Ways({
  item,
  busy,
  onDecide,
}: Pick<ReviewCardProps, "item" | "busy" | "onDecide">) {
  const { t } = useSpeech();
  return (
    <Group gap="xs" mt="sm">
      {choicesOf(item).map(({ decision, letter }, place) => (
        <Button
          key={decision}
          size="sm"
          variant={place === 0 ? "filled" : "default"}
          disabled={busy}
          rightSection={
            <Kbd size="xs" aria-hidden="true" className={classes.letter}>
              {letter}
            </Kbd>
          }
          aria-keyshortcuts={letter}
          onClick={() => onDecide(decision)}
        >
          {t(`linking.decide.${decision}`)}
        </Button>
      ))}
    </Group>
  );
}

function Question({ item }: { item: Item }) {
  const { t } = useSpeech();
  const nameOf = useNameOf();
  if (item.kind === "conflict") return t(`linking.reason.${item.conflict.reason}`);
  const { contact, holder } = item.review;
  return holder === null
    ? t("linking.ask.waiting", { name: nameOf(contact) })
    : t("linking.ask.conflict", {
        name: nameOf(contact),
        other: nameOf(holder.contact),
      });
}

/** What the first two ways come to, so that nobody has to guess. */
function Consequence({ item, stays }: Pick<ReviewCardProps, "item" | "stays">) {
  const { t } = useSpeech();
  const nameOf = useNameOf();
  if (item.kind === "conflict") {
    const { sides } = item.conflict;
    const into = sides.find(({ id }) => id === mergedInto(item.conflict, stays));
    return sides.length < 2 || into === undefined
      ? t("linking.then.one")
      : t("linking.then.conflict", { name: nameOf(into) });
  }
  return t(item.review.holder === null ? "linking.then.waiting" : "linking.then.both");
}

function ClaimSides({ review }: { review: LinkReview }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const evidence = useEvidence();
  const { claim, contact, holder } = review;
  const at = (moment: string) => showMoment(locale, tenant.timeZone, moment);
  return (
    <div className={classes.sides}>
      <Side label={t("linking.side.now")} contact={holder?.contact}>
        {holder === null ? (
          t("linking.nobody")
        ) : (
          <>
            {t("linking.since", { time: at(holder.linkedAt) })}
            <br />
            {t(`linking.evidence.${holder.method}`)} ·{" "}
            {t(`linking.strength.${holder.strength}`)}
          </>
        )}
      </Side>
      <Side label={t("linking.side.claims")} contact={contact} claims>
        {t("linking.claimedAt", { time: at(claim.claimedAt) })}
        <br />
        {evidence(claim)}
      </Side>
    </div>
  );
}

interface SideProps {
  label?: string;
  contact: Contact | undefined;
  /** The one that is new. */
  claims?: boolean;
  children: ReactNode;
}

function Side({ label, contact, claims = false, children }: SideProps) {
  const nameOf = useNameOf();
  const known = contact && [contact.email, contact.phone].filter((one) => one !== null);
  return (
    <div className={classes.side} data-claims={claims || undefined}>
      {label !== undefined && <div className={classes.sideLabel}>{label}</div>}
      {contact !== undefined && (
        <LinkText
          to="/contacts/$contactId"
          params={{ contactId: contact.id }}
          fw={600}
          size="sm"
        >
          {nameOf(contact)}
        </LinkText>
      )}
      {known !== undefined && known.length > 0 && (
        <Text size="xs" className={classes.anywhere}>
          {known.join(" · ")}
        </Text>
      )}
      <Text size="xs" c="dimmed" className={classes.anywhere}>
        {children}
      </Text>
    </div>
  );
}

/** What the browser did, as far as it helps to say who it is. */
function Visits({ visitor }: { visitor: string }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const { data } = useQuery(visitorQuery(visitor));
  const at = (moment: string) => showMoment(locale, tenant.timeZone, moment);
  const told = data === undefined ? "" : visits();

  function visits(): string {
    if (data === undefined || data.lastSeenAt === null || data.firstSeenAt === null) {
      return t("linking.neverSeen");
    }
    const seen = t("linking.visits", {
      count: data.sessions,
      first: at(data.firstSeenAt),
      last: at(data.lastSeenAt),
    });
    return data.lastFormAt === null
      ? seen
      : `${seen} · ${t("linking.lastForm", { time: at(data.lastFormAt) })}`;
  }

  return (
    <Text size="xs" c="dimmed" className={classes.visits}>
      <LinkText
        to="/linking"
        search={(now) => ({ ...now, visitor, contact: undefined })}
        inherit
        underline="always"
        className="number"
        title={visitor}
      >
        {shortId(visitor)}
      </LinkText>{" "}
      {told}
    </Text>
  );
}
