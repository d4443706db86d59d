import { Alert, Button, Group, Skeleton } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";

import type { QueuePoint, QueueStats } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Panel } from "../../components/Panel";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showDuration, showMoment } from "../../lib/time";
import classes from "./Operations.module.css";
import { useStop } from "./queries";
import { QueuePlot } from "./QueuePlot";
import { useQueueWords } from "./words";

interface QueuePanelProps {
  queue: QueueStats;
  /** When that was so. */
  now: string;
  points: readonly QueuePoint[] | undefined;
  hint: string | undefined;
  onClear: () => void;
}

export function QueuePanel({ queue, now, points, hint, onClear }: QueuePanelProps) {
  const { t } = useSpeech();
  const words = useQueueWords();
  return (
    <Panel
      title={words(queue.name)}
      hint={t(`operations.hint.${queue.name as "webhook" | "message" | "other"}`)}
      actions={<Actions queue={queue} onClear={onClear} />}
    >
      <Stops queue={queue} />
      <Numbers queue={queue} now={now} />
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      {points === undefined ? (
        <Skeleton height={160} />
      ) : (
        <QueuePlot name={words(queue.name)} points={points} />
      )}
    </Panel>
  );
}

function Actions({ queue, onClear }: { queue: QueueStats; onClear: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const pause = useStop("pause");
  const resume = useStop("resume");
  const words = useQueueWords();
  const name = words(queue.name);
  const ours = queue.stopped.some(({ everywhere }) => !everywhere);
  const change = ours ? resume : pause;
  const { waiting, delayed } = queue.total;
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={ours ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        aria-label={t(ours ? "operations.resumeOf" : "operations.pauseOf", { name })}
        loading={change.isPending}
        onClick={() => change.mutate(queue.name, { onError: toasts.failed })}
      >
        {t(ours ? "operations.resume" : "operations.pause")}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("operations.clearOf", { name })}
        disabled={waiting + delayed === 0}
        onClick={onClear}
      >
        {t("operations.clear")}
      </Button>
    </Group>
  );
}

/** Who let it stand still, and since when. */
function Stops({ queue }: { queue: QueueStats }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  return queue.stopped.map((one) => {
    const since = showMoment(locale, tenant.timeZone, one.since);
    return (
      <Alert key={String(one.everywhere)} color="yellow" variant="light" mb="md">
        {one.everywhere
          ? t("operations.stoppedEverywhere", { since })
          : t("operations.stopped", { since, by: one.by ?? t("operations.api") })}
      </Alert>
    );
  });
}

function Numbers({ queue, now }: { queue: QueueStats; now: string }) {
  const { t, number, locale } = useSpeech();
  const { waiting, active, delayed, dead, completed, failed, oldest } = queue.total;
  const age =
    oldest === null ? 0 : Math.max(0, (Date.parse(now) - Date.parse(oldest)) / 1000);
  return (
    <dl className={classes.numbers}>
      <Fact name={t("operations.waiting")}>{number(waiting)}</Fact>
      <Fact name={t("operations.active")}>{number(active)}</Fact>
      <Fact name={t("operations.delayed")}>{number(delayed)}</Fact>
      <Fact name={t("operations.oldest")}>
        {oldest === null ? "–" : showDuration(locale, Math.round(age))}
      </Fact>
      <Fact name={t("operations.completed")}>{number(completed)}</Fact>
      <Fact name={t("operations.failed")}>{number(failed)}</Fact>
      <Fact name={t("operations.dead")}>
        {dead === 0 ? (
          number(dead)
        ) : (
          <LinkText
            to="/settings/letters"
            inherit
            aria-label={t("operations.deadLink", { count: dead })}
          >
            {number(dead)}
          </LinkText>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd className="number">{children}</dd>
    </div>
  );
}
