import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { Now } from "../../api/model";
import { useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import { Plot } from "../../components/Plot";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showTime } from "../../lib/time";
import classes from "./NowPanel.module.css";
import { nowQuery } from "./queries";

/** The last half hour, moving. */
export function NowPanel({ site }: { site: string | undefined }) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const now = useQuery(nowQuery(tenant.id, site));

  if (now.data !== undefined) return <Moving now={now.data} timeZone={tenant.timeZone} />;
  return (
    <Panel>
      {now.isError ? (
        <Failed error={now.error} onRetry={() => void now.refetch()} />
      ) : (
        <>
          <span className="visually-hidden" role="status">
            {t("state.loading")}
          </span>
          <Skeleton height={164} />
        </>
      )}
    </Panel>
  );
}

function Moving({ now, timeZone }: { now: Now; timeZone: string }) {
  const { t, number, locale } = useSpeech();
  const quiet = now.eventsPerMinute.every((minute) => minute.events === 0);
  const rows = now.eventsPerMinute.map(({ minute, events }) => {
    const time = showTime(locale, timeZone, minute);
    return { start: minute, short: time, long: time, named: true, value: events };
  });
  return (
    <Panel>
      <div className={classes.now}>
        <div className={classes.count}>
          <Text component="h2" size="sm" fw={600} className={classes.title}>
            <span
              className={classes.pulse}
              data-quiet={now.visitorsNow === 0 || undefined}
            />
            {t("now.title")}
          </Text>
          <Text
            component="p"
            className={`number ${classes.big ?? ""}`}
            data-testid="visitors-now"
          >
            {number(now.visitorsNow)}
          </Text>
          <Text size="sm" c="dimmed">
            {t("now.hint")}
          </Text>
        </div>
        <Plot
          kind="bars"
          rows={rows}
          name={t("metric.events")}
          rowName={t("now.minute")}
          label={t("now.plot")}
          height={136}
          controls={
            <Text size="sm">
              <Text span fw={600} size="sm">
                {t("now.perMinute")}
              </Text>
              <Text span c="dimmed" size="sm" ml="xs" className="number">
                {quiet
                  ? t("now.quiet")
                  : t("now.lastMinute", { count: now.eventsLastMinute })}
              </Text>
            </Text>
          }
        />
      </div>
    </Panel>
  );
}
