import {
  Alert,
  Badge,
  Button,
  Code,
  Drawer,
  Group,
  Modal,
  Progress,
  Skeleton,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import type { ConversionDetail } from "../../api/model";
import { useMe } from "../../api/queries";
import { CopyButton } from "../../components/CopyButton";
import { LinkText } from "../../components/links";
import { Failed } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showClock, showMoment } from "../../lib/time";
import { Credit } from "../credit/Credit";
import classes from "./Conversions.module.css";
import { detailQuery, useResend } from "./queries";
import { STATE_COLORS, useHelp, useMoney, useOutcome, useSaid, useWhy } from "./words";

type DeliveryAttempt = ConversionDetail["tries"][number];

interface DetailProps {
  /** Nothing is shown without both. */
  event: string | undefined;
  destination: string | undefined;
  onClose: () => void;
}

/** One conversion at one destination: what was sent, what was said to it, and what would help. */
export function Detail({ event, destination, onClose }: DetailProps) {
  const { t } = useSpeech();
  const isOpen = event !== undefined && destination !== undefined;
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="lg"
      title={t("conv.detail")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {isOpen && (
        <Loaded key={`${event} ${destination}`} event={event} destination={destination} />
      )}
    </Drawer>
  );
}

function Loaded({ event, destination }: { event: string; destination: string }) {
  const detail = useQuery(detailQuery(event, destination));
  if (detail.data !== undefined) return <Known detail={detail.data} />;
  if (!detail.isError) return <Skeleton height={300} />;
  return <Failed error={detail.error} onRetry={() => void detail.refetch()} />;
}

function Known({ detail }: { detail: ConversionDetail }) {
  const { t, locale } = useSpeech();
  const { tenant, user } = useMe();
  const money = useMoney();
  const why = useWhy();
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        <Group gap="sm">
          <Title order={3}>{t(`conv.name.${detail.name}`)}</Title>
          {detail.valueCents !== null && (
            <Text fw={560} className="number">
              {money(detail.valueCents, detail.currency)}
            </Text>
          )}
          <Badge color={STATE_COLORS[detail.state]} variant="light" tt="none">
            {t(`conv.state.${detail.state}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {`${detail.destinationName} · ${showMoment(locale, tenant.timeZone, detail.eventTime)}`}
        </Text>
        <Text size="sm">
          {[
            detail.buyerName,
            detail.orderNumber && t("conv.order", { number: detail.orderNumber }),
          ]
            .filter(Boolean)
            .join(" · ") || t("sales.nobody")}
        </Text>
        <Text size="sm">{why(detail)}</Text>
        <Whose detail={detail} />
        {detail.nextAt !== null && detail.why !== "paused" && (
          <Text size="sm" c="dimmed">
            {t("conv.next", { time: showClock(locale, tenant.timeZone, detail.nextAt) })}
          </Text>
        )}
      </Stack>
      <Answered detail={detail} />
      {user.role === "admin" && detail.mayResend && <Resend detail={detail} />}
      {detail.saleId !== null && (
        <Part title={t("credit.title")}>
          <Credit kind="sale" id={detail.saleId} />
        </Part>
      )}
      {detail.quality !== null && <Quality detail={detail} />}
      <Sent detail={detail} />
      <Tries detail={detail} />
    </Stack>
  );
}

/** The platform's own words. Where nothing was answered, why it is so has been said already. */
function Answered({ detail }: { detail: ConversionDetail }) {
  const { t } = useSpeech();
  const said = useSaid();
  const { state, status, code, error } = detail;
  const text = error ?? code;
  if (status === null || text === null) return null;
  return (
    <Alert
      color={state === "sent" ? "gray" : "red"}
      variant="light"
      title={t("conv.said", { code: error === null ? String(status) : (code ?? status) })}
    >
      {said(text)}
    </Alert>
  );
}

/** To the sale that it tells of, and to whoever bought. */
function Whose({ detail }: { detail: ConversionDetail }) {
  const { t } = useSpeech();
  const { saleId, contactId } = detail;
  return (
    <Group gap="md">
      {saleId !== null && (
        <LinkText to="/sales" search={{ sale: saleId }} size="sm">
          {t("fact.sale.open")}
        </LinkText>
      )}
      {contactId !== null && (
        <LinkText to="/contacts/$contactId" params={{ contactId }} size="sm">
          {t("sales.contact")}
        </LinkText>
      )}
    </Group>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs" component="section">
      <Title order={4} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

function Resend({ detail }: { detail: ConversionDetail }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const resend = useResend(detail.eventId, detail.destinationId);
  const [asking, setAsking] = useState(false);
  const send = (hasLooked: boolean) =>
    resend.mutate(hasLooked, {
      onSuccess: () => {
        setAsking(false);
        toasts.say(t("conv.resent"));
      },
      onError: toasts.failed,
    });
  return (
    <Group>
      <Button
        variant="default"
        leftSection={<IconSend size={16} aria-hidden="true" />}
        loading={resend.isPending}
        onClick={() => (detail.mustLook ? setAsking(true) : send(false))}
      >
        {t(detail.state === "held" ? "conv.sendNow" : "conv.resend")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("conv.look")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Stack gap="md">
          <Text size="sm">
            {t("conv.lookHint", { event: detail.eventId, place: detail.destinationName })}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("action.cancel")}
            </Button>
            <Button loading={resend.isPending} onClick={() => send(true)}>
              {t("conv.looked")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}

/** How well the platform can find the person: an estimate, and what would raise it. */
function Quality({ detail }: { detail: ConversionDetail }) {
  const { t, number } = useSpeech();
  const help = useHelp();
  const { quality } = detail;
  if (quality === null) return null;
  const score = number(quality.score, { maximumFractionDigits: 1 });
  return (
    <Part title={t("conv.quality")}>
      <Group gap="sm" wrap="nowrap">
        <Progress
          value={quality.score * 10}
          flex={1}
          color={quality.score >= 6 ? "teal" : "yellow"}
          aria-label={t("conv.quality")}
        />
        <Text size="sm" fw={560} className="number">
          {t("conv.ofTen", { score })}
        </Text>
      </Group>
      {quality.has.length > 0 && (
        <Text size="sm" c="dimmed">
          {t("conv.has", { what: quality.has.map(help).join(", ") })}
        </Text>
      )}
      {quality.wouldRaise.length > 0 && (
        <Text size="sm" c="dimmed">
          {t("conv.wouldRaise", { what: quality.wouldRaise.map(help).join(", ") })}
        </Text>
      )}
    </Part>
  );
}

function Sent({ detail }: { detail: ConversionDetail }) {
  const { t } = useSpeech();
  if (detail.payload === null) return null;
  return (
    <Part title={t("conv.payload")}>
      <Text size="sm" c="dimmed">
        {t("conv.payloadHint")}
      </Text>
      <Code block className={classes.payload} tabIndex={0}>
        {JSON.stringify(detail.payload, null, 2)}
      </Code>
    </Part>
  );
}

function Tries({ detail }: { detail: ConversionDetail }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const said = useSaid();
  const outcome = useOutcome();
  if (detail.tries.length === 0) return null;
  return (
    <Part title={t("conv.tries")}>
      <ul className={classes.steps}>
        {detail.tries.map((one) => (
          <li key={one.number}>
            <Text size="sm">
              {showMoment(locale, tenant.timeZone, one.setOutAt)}
              <Text span size="sm" c="dimmed">
                {` · ${outcome(one.outcome)} ${inBrackets(one)}`}
              </Text>
            </Text>
            {one.status !== null && one.error !== null && (
              <Text size="xs" c="dimmed">
                {said(one.error)}
              </Text>
            )}
          </li>
        ))}
      </ul>
      {detail.traceId !== null && (
        <Group gap="xs">
          <Code>{detail.traceId}</Code>
          <CopyButton
            text={detail.traceId}
            label={t("conv.copyTrace")}
            size="compact-sm"
            variant="default"
          />
        </Group>
      )}
    </Part>
  );
}

/** What it was answered with, and how soon. */
function inBrackets({ status, code, milliseconds }: DeliveryAttempt): string {
  const took = milliseconds === null ? null : `${String(milliseconds)} ms`;
  const parts = [status, code, took].filter((part) => part !== null);
  return parts.length === 0 ? "" : `(${parts.join(" · ")})`;
}
