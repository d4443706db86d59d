import { Badge, Button, Group, Radio, Stack, Text, Title } from "@mantine/core";
import { IconArrowBackUp, IconArrowMerge, IconCheck } from "@tabler/icons-react";
import { useId, useState } from "react";

import type { Contact, LinkConflict } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { useOffer } from "../../components/offer";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { Face } from "./Face";
import { useDecide, useUndoDecision } from "./queries";
import classes from "./Questions.module.css";
import { Side } from "./Side";
import { showPhone, useContactName, useMayChange } from "./words";

/** One question: what it is about, both sides, and the ways to settle it. */
export function Question({ question }: { question: LinkConflict }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const id = useId();
  const mayChange = useMayChange();
  const { reason, kind, value, sides, openedAt, decision } = question;
  const [into, setInto] = useState(sides[0]?.id ?? "");
  const about =
    kind === null || value === null
      ? undefined
      : `${t(`contacts.has.${kind}`)}: ${kind === "phone" ? showPhone(value) : value}`;

  return (
    <article className={classes.question} aria-labelledby={id}>
      <Stack gap="md">
        <div>
          <Title order={2} id={id}>
            {t(`review.reason.${reason}`)}
          </Title>
          {about !== undefined && (
            <Text size="sm" fw={560} className={classes.about}>
              {about}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {t("review.asked", { time: showMoment(locale, tenant.timeZone, openedAt) })}
          </Text>
        </div>
        <Text size="sm" maw={680}>
          {t(`review.hint.${reason}`)}
        </Text>
        <Sides
          sides={sides}
          into={into}
          onInto={decision === null && mayChange ? setInto : undefined}
        />
        {decision === null ? mayChange && <Ways question={question} into={into} /> : null}
        {decision !== null && <Decided question={question} />}
      </Stack>
    </article>
  );
}

interface SidesProps {
  sides: readonly Contact[];
  into: string;
  onInto: ((id: string) => void) | undefined;
}

function Sides({ sides, into, onInto }: SidesProps) {
  const { t } = useSpeech();
  const nameOf = useContactName();
  const chosen = sides.length > 1 && onInto !== undefined;
  const list = (
    <div className={classes.sides}>
      {sides.map((side) => (
        <Side
          key={side.id}
          contact={side}
          chosen={chosen && side.id === into}
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
  if (!chosen) return list;
  return (
    <Radio.Group value={into} onChange={onInto} aria-label={t("review.keep")}>
      {list}
    </Radio.Group>
  );
}

function Ways({
  question: { id, sides },
  into,
}: {
  question: LinkConflict;
  into: string;
}) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const offer = useOffer();
  const decide = useDecide();
  const undo = useUndoDecision();
  const two = sides.length > 1;

  function settle(decision: "merge" | "separate"): void {
    const said = decision === "merge" ? "review.merged" : "review.separated";
    decide.mutate(
      { id, decision, ...(decision === "merge" ? { into } : {}) },
      {
        onSuccess: () =>
          offer({
            message: t(two ? said : "review.dismissed"),
            label: t("action.undo"),
            onTake: () => undo.mutate(id, { onError: toasts.failed }),
          }),
        onError: toasts.failed,
      },
    );
  }

  return (
    <Group gap="xs">
      {two && (
        <Button
          leftSection={<IconArrowMerge size={16} aria-hidden="true" />}
          disabled={decide.isPending}
          onClick={() => settle("merge")}
        >
          {t("review.merge")}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconCheck size={16} aria-hidden="true" />}
        disabled={decide.isPending}
        onClick={() => settle("separate")}
      >
        {t(two ? "review.separate" : "review.dismiss")}
      </Button>
    </Group>
  );
}

function Decided({ question }: { question: LinkConflict }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const undo = useUndoDecision();
  const mayChange = useMayChange();
  const { decision, decidedBy, decidedAt, id } = question;
  return (
    <Group gap="sm">
      <Badge variant="light" color="teal" tt="none" size="lg">
        {t(decision === "merge" ? "review.wasMerged" : "review.wasSeparate")}
      </Badge>
      <Text size="sm" c="dimmed">
        {t("review.decidedBy", {
          name: decidedBy ?? "",
          time: decidedAt === null ? "" : showMoment(locale, tenant.timeZone, decidedAt),
        })}
      </Text>
      {mayChange && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
          loading={undo.isPending}
          onClick={() =>
            undo.mutate(id, {
              onSuccess: () => toasts.say(t("review.reopened")),
              onError: toasts.failed,
            })
          }
        >
          {t("review.reopen")}
        </Button>
      )}
    </Group>
  );
}
