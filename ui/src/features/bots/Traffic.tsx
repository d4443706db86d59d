import { Text } from "@mantine/core";

import type { Bots } from "../../api/model";
import { Drawn, Figure, Figures } from "../../components/Figures";
import { LinkText } from "../../components/links";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { dayIn, showBucket } from "../../lib/time";
import classes from "./Bots.module.css";
import { TrafficPlot, type TrafficRow } from "./TrafficPlot";
import { useShare } from "./words";

/** How much of what comes is bots: as figures, and over time. */
export function Traffic({ bots, asOf }: { bots: Bots; asOf: number }) {
  const { t, locale, number } = useSpeech();
  const share = useShare();
  const { botEvents, peopleEvents, sampledOut } = bots;
  return (
    <Panel flush>
      <Figures of="three">
        <Figure name={t("bots.share")} value={share(bots.share ?? 0, 1)} />
        <Figure name={t("bots.botEvents")} value={number(botEvents)} />
        <Figure name={t("bots.peopleEvents")} value={number(peopleEvents)} />
      </Figures>
      <Drawn>
        <TrafficPlot
          rows={rowsOf(bots, locale, asOf)}
          names={{
            row: t("stats.start"),
            bots: t("bots.botEvents"),
            people: t("bots.peopleEvents"),
          }}
          label={t("bots.plot")}
          height={260}
        />
      </Drawn>
      {sampledOut > 0 && (
        <Text size="sm" c="dimmed" className={classes.foot}>
          {t("bots.sampledOut", { count: sampledOut })}{" "}
          <LinkText to="/settings/events" inherit underline="always">
            {t("bots.toSampling")}
          </LinkText>
        </Text>
      )}
    </Panel>
  );
}

function rowsOf(bots: Bots, locale: string, asOf: number): TrafficRow[] {
  const { series, granularity, timeZone } = bots;
  const manyDays = granularity === "hour" && series.length > 26;
  const days = series.map(({ start }) => dayIn(timeZone, new Date(start)));
  const step = manyDays ? "day" : granularity;
  return series
    .map(({ start, botEvents, peopleEvents }, index) => ({
      start,
      short: showBucket(locale, timeZone, step, start, "short"),
      long: showBucket(locale, timeZone, granularity, start, "long"),
      // Hours of many days: only where a day begins.
      named: !manyDays || days[index] !== days[index - 1],
      bots: botEvents,
      people: peopleEvents,
    }))
    .filter(({ start }) => Date.parse(start) <= asOf);
}
