import {
  Anchor,
  Button,
  Drawer,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
} from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { SaleReport, SaleReportResult } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import type { Span } from "../../lib/period";
import { showMoment } from "../../lib/time";
import { Credit } from "../credit/Credit";
import { KINDS, type Kind, type SaleReportFilters } from "./filters";
import { useCalled } from "./Lines";
import { resultsQuery } from "./queries";
import classes from "./Report.module.css";
import { useWritten } from "./shown";

interface ResultsDrawerProps {
  report: SaleReport;
  filters: SaleReportFilters;
  span: Span;
  onKind: (kind: Kind) => void;
  onClose: () => void;
}

/** The very contacts, conversations, leads and sales behind a line. */
export function ResultsDrawer({ onClose, ...props }: ResultsDrawerProps) {
  const { t } = useSpeech();
  const { report, filters } = props;
  const { kind } = filters;
  const line = report.lines.find(({ key }) => key === filters.line);
  const called = useCalled(line, report.by);
  return (
    <Drawer
      opened={kind !== undefined}
      onClose={onClose}
      position="right"
      size="md"
      title={called}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {kind !== undefined && <Results {...props} kind={kind} />}
    </Drawer>
  );
}

interface ResultsProps extends Omit<ResultsDrawerProps, "onClose"> {
  kind: Kind;
}

function Results({ kind, report, filters, span, onKind }: ResultsProps) {
  const { t } = useSpeech();
  const found = useInfiniteQuery(resultsQuery(filters, span, kind));
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="sm">
      <SegmentedControl<Kind>
        aria-label={t("report.kinds")}
        value={kind}
        onChange={onKind}
        data={KINDS.map((value) => ({ value, label: t(`report.kind.${value}`) }))}
        className={classes.tabs}
      />
      {found.isPending && <Skeleton height={240} />}
      {found.isError && found.data === undefined && (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data !== undefined && items.length === 0 && (
        <Text size="sm">{t("report.noResults")}</Text>
      )}
      <ul className={classes.results}>
        {items.map((one) => (
          <Result
            key={`${one.id}.${one.clickAt ?? ""}`}
            result={one}
            currency={one.currency ?? report.currency}
          />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("desk.more")}
        </Button>
      )}
    </Stack>
  );
}

function Result({ result, currency }: { result: SaleReportResult; currency: string }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const written = useWritten(currency);
  const [asked, setAsked] = useState(false);
  const { clickAt, part } = result;
  const said = [
    clickAt === null
      ? t("credit.none")
      : t("report.clickedAt", { at: showMoment(locale, tenant.timeZone, clickAt) }),
    part < 1 ? t("report.part", { part: written.percent(part) }) : undefined,
  ].filter(Boolean);
  return (
    <li className={classes.result}>
      <Name result={result} />
      <Text size="xs" c="dimmed">
        {showMoment(locale, tenant.timeZone, result.at)}
      </Text>
      <Text size="xs" c="dimmed" style={{ gridColumn: "1 / -1" }}>
        {result.kind === "sale" && (
          <strong className="number">
            {written.money(result.valueCents - result.refundedCents)}
          </strong>
        )}{" "}
        {said.join(" · ")}{" "}
        <Anchor
          component="button"
          type="button"
          inherit
          aria-expanded={asked}
          onClick={() => setAsked(!asked)}
        >
          {t("report.why")}
        </Anchor>
      </Text>
      {asked && (
        <div className={classes.why}>
          <Credit kind={result.kind} id={result.id} />
        </div>
      )}
    </li>
  );
}

/** Leads to where more is known of it. */
function Name({ result }: { result: SaleReportResult }) {
  const { t } = useSpeech();
  const { kind, id, contactId } = result;
  const name = result.contactName ?? t(`report.one.${kind}`);
  if (kind === "sale") {
    return (
      <LinkText to="/sales" search={{ sale: id }} size="sm">
        {name}
      </LinkText>
    );
  }
  if (kind === "conversation") {
    return (
      <LinkText to="/inbox" search={{ talk: id }} size="sm">
        {name}
      </LinkText>
    );
  }
  if (kind === "lead") {
    return (
      <LinkText to="/desk" search={{ cliente: Number(id) }} size="sm">
        {name}
      </LinkText>
    );
  }
  return (
    <LinkText to="/contacts/$contactId" params={{ contactId: contactId ?? id }} size="sm">
      {name}
    </LinkText>
  );
}
