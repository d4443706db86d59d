import { Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { HistoryLine } from "../../api/model";
import { useMe } from "../../api/queries";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showDuration, showMoment } from "../../lib/time";
import classes from "./Desk.module.css";
import { historyQuery } from "./queries";
import { StatusChip } from "./StatusChip";
import { useMoveWord, useReasonWord } from "./words";

/** What happened to a cliente, the newest first. */
export function History({ id }: { id: number }) {
  const { t } = useSpeech();
  const history = useQuery(historyQuery(id));
  return (
    <section aria-label={t("desk.history")}>
      <Title order={3} mb="xs">
        {t("desk.history")}
      </Title>
      {history.isPending && <Skeleton height={120} />}
      {history.isError && history.data === undefined && (
        <Failed error={history.error} onRetry={() => void history.refetch()} />
      )}
      <ol className={classes.history}>
        {history.data?.items.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
    </section>
  );
}

function Line({ line }: { line: HistoryLine }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const moveWord = useMoveWord();
  const reasonWord = useReasonWord();
  const by = line.by.person?.name ?? t(`desk.actor.${line.by.kind}`);
  return (
    <li className={classes.line}>
      <div className={classes.lineHead}>
        <StatusChip status={line.to} />
        <Text size="sm" fw={560}>
          {moveWord(line)}
        </Text>
      </div>
      <Text size="xs" c="dimmed">
        <time dateTime={line.at}>{showMoment(locale, tenant.timeZone, line.at)}</time>
        {` · ${by}`}
        {line.from !== null &&
          ` · ${t("desk.stayed", {
            time: showDuration(locale, line.seconds),
            status: t(`desk.status.${line.from}`),
          })}`}
      </Text>
      {line.why !== null && line.why !== "" && (
        <Text size="sm" className={classes.why}>
          {reasonWord(line.why)}
        </Text>
      )}
    </li>
  );
}
