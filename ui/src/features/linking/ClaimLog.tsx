import { Button, Select, Skeleton, Text, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconListSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { LinkClaim } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { showMoment } from "../../lib/time";
import { OUTCOMES, readLinkingFilters, type LinkingFilters } from "./filters";
import classes from "./Linking.module.css";
import { claimsQuery, useUndoClaim, useUndoItem } from "./queries";
import { shortId, useEvidence } from "./words";

interface ClaimLogProps {
  filters: LinkingFilters;
  onFilters: (filters: LinkingFilters) => void;
}

/** Everything that was ever said of visitors and contacts, and what became of it. */
export function ClaimLog({ filters, onFilters }: ClaimLogProps) {
  const { t } = useSpeech();
  const log = useInfiniteQuery(claimsQuery(filters));
  const retry = () => void log.refetch();
  const lines = log.data?.pages.flatMap(({ items }) => items) ?? [];
  const gone = new Set(lines.map(({ undoes }) => undoes));
  const { outcome, visitor, contact } = filters;
  const filtered = [outcome, visitor, contact].some((one) => one !== undefined);

  return (
    <Panel flush title={t("linking.log")} hint={t("linking.logHint")}>
      <LogFilters filters={filters} onFilters={onFilters} />
      {log.isError && log.data !== undefined && <Stale onRetry={retry} />}
      {log.isPending && <Skeleton height={240} />}
      {log.isError && log.data === undefined && (
        <Failed error={log.error} onRetry={retry} />
      )}
      {log.data !== undefined && lines.length === 0 && (
        <Empty
          icon={<IconListSearch size={28} />}
          title={t(filtered ? "linking.noMatch" : "linking.noClaims")}
          text={t(filtered ? "linking.noMatchHint" : "linking.nothingHint")}
        />
      )}
      {lines.length > 0 && (
        <ul className={classes.lines}>
          {lines.map((line) => (
            <Line key={line.id} claim={line} gone={gone.has(line.id)} />
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <div className={classes.older}>
          <Button
            variant="default"
            loading={log.isFetchingNextPage}
            onClick={() => void log.fetchNextPage()}
          >
            {t("linking.older")}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function LogFilters({ filters, onFilters }: ClaimLogProps) {
  const { t } = useSpeech();
  // Of what was typed only what can be an id is looked for.
  const set = (changed: Record<string, unknown>) =>
    onFilters({ ...filters, ...readLinkingFilters({ ...filters, ...changed }) });
  return (
    <div className={classes.filters} role="search">
      <Select
        label={t("linking.outcome")}
        placeholder={t("linking.anyOutcome")}
        data={OUTCOMES.map((value) => ({ value, label: t(`linking.outcome.${value}`) }))}
        value={filters.outcome ?? null}
        clearable
        clearButtonProps={{ "aria-label": t("linking.anyOutcome") }}
        onChange={(outcome) => set({ outcome: outcome ?? undefined })}
      />
      <TextInput
        label={t("linking.visitor")}
        value={filters.visitor ?? ""}
        onChange={({ currentTarget: { value } }) => set({ visitor: value.trim() })}
      />
      <TextInput
        label={t("linking.contact")}
        value={filters.contact ?? ""}
        onChange={({ currentTarget: { value } }) => set({ contact: value.trim() })}
      />
    </div>
  );
}

const BINDING = ["linked", "confirmed", "displaced", "forked"] as const;
const DECIDED = ["accept", "keep", "fork"] as const;

function Line({ claim, gone }: { claim: LinkClaim; gone: boolean }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const evidence = useEvidence();
  const review = oneOf(DECIDED, claim.review);
  return (
    <li className={classes.line}>
      <Text size="xs" c="dimmed" className="number">
        {showMoment(locale, tenant.timeZone, claim.decidedAt)}
      </Text>
      <div>
        <span className={classes.outcome} data-of={claim.outcome}>
          {t(`linking.outcome.${claim.outcome}`)}
        </span>
        <Text size="xs" c="dimmed">
          {evidence(claim)}
        </Text>
        {claim.review !== null && (
          <Text size="xs" c="dimmed">
            {review === undefined || claim.reviewedBy === null
              ? t(
                  claim.review === "open"
                    ? "linking.review.open"
                    : "linking.review.settled",
                )
              : t(`linking.review.${review}`, { name: claim.reviewedBy })}
          </Text>
        )}
      </div>
      <div className={classes.who}>
        <LinkText
          to="/linking"
          search={(now) => ({ ...now, visitor: claim.visitorId, contact: undefined })}
          size="sm"
          underline="always"
          className="number"
          title={claim.visitorId}
        >
          {shortId(claim.visitorId)}
        </LinkText>
        {" → "}
        {claim.contactId === null ? (
          <Text span size="sm">
            {claim.crmId === null ? "–" : t("linking.crm", { id: shortId(claim.crmId) })}
          </Text>
        ) : (
          <LinkText
            to="/contacts/$contactId"
            params={{ contactId: claim.contactId }}
            size="sm"
            underline="always"
          >
            {shortId(claim.contactId)}
          </LinkText>
        )}
      </div>
      <TakeBack claim={claim} gone={gone} decided={review !== undefined} />
    </li>
  );
}

interface TakeBackProps {
  claim: LinkClaim;
  /** A later line says that it was taken back. */
  gone: boolean;
  decided: boolean;
}

/** A decision, or else the link itself. */
function TakeBack({ claim: { id, outcome, evidence }, gone, decided }: TakeBackProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const decision = useUndoItem();
  const link = useUndoClaim();
  const onError = toasts.failed;
  // A link that a decision made is taken back with it.
  const ofDecision = evidence.claim;
  const asked = decided ? id : ofDecision;
  if (gone || (!decided && oneOf(BINDING, outcome) === undefined)) return <span />;
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
      loading={decision.isPending || link.isPending}
      onClick={() => {
        if (asked === undefined) {
          const onSuccess = () => toasts.say(t("linking.unlinked"));
          link.mutate(id, { onSuccess, onError });
        } else {
          const onSuccess = () => toasts.say(t("linking.askedAgain"));
          decision.mutate({ kind: "claim", id: asked }, { onSuccess, onError });
        }
      }}
    >
      {t(asked === undefined ? "linking.undoLink" : "linking.undoDecision")}
    </Button>
  );
}
