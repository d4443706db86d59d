import { SegmentedControl, Text } from "@mantine/core";
import { IconHourglassEmpty } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { DeskTouch, Touch } from "../../../api/model";
import { Answer } from "../../../components/Answer";
import { Beside, Drawn, Figure, Figures } from "../../../components/Figures";
import { Panel } from "../../../components/Panel";
import { Plot } from "../../../components/Plot";
import { Empty } from "../../../components/States";
import { Waiting } from "../../../components/Waiting";
import { useSpeech } from "../../../lib/i18n";
import { showDay } from "../../../lib/time";
import { NumberButton } from "./NumberButton";
import { touchQuery } from "./queries";
import classes from "./Reports.module.css";
import type { Shown } from "./shown";
import { showHour, useFigures } from "./words";

/** From when a lead came, and from when it was given, to its opening. */
export function TouchReport({ filters, span, onBehind }: Shown) {
  const report = useQuery(touchQuery(filters, span));
  return (
    <Answer boxed query={report} waiting={<Waiting heights={[400, 280]} />}>
      {(data) => <Found report={data} onBehind={onBehind} />}
    </Answer>
  );
}

type FoundProps = Pick<Shown, "onBehind"> & { report: DeskTouch };

function Found({ report, onBehind }: FoundProps) {
  const { t } = useSpeech();
  const { came, given } = report;
  if (came.cases === 0 && given.cases === 0) {
    return (
      <Panel>
        <Empty
          icon={<IconHourglassEmpty size={28} />}
          title={t("deskReports.touch.empty")}
          text={t("deskReports.empty.hint")}
        />
      </Panel>
    );
  }
  return (
    <>
      <Panel
        flush
        title={t("deskReports.touch.came")}
        hint={t("deskReports.touch.cameHint")}
      >
        <Four
          name={t("deskReports.cases")}
          touch={came}
          before={report.cameBefore}
          goal={report.goalSeconds}
        />
        <Drawn>
          <Days report={report} key={report.days[0]?.day} />
        </Drawn>
        <div className={classes.foot}>
          {(
            [
              ["in_time", came.inTime],
              ["late", came.opened - came.inTime],
              ["unopened", came.cases - came.opened],
            ] as const
          ).map(([figure, count]) => (
            <NumberButton
              key={figure}
              count={count}
              name={t(`deskReports.figure.${figure}`)}
              text={t(`deskReports.count.${figure}`, { count })}
              onPress={() => onBehind({ figure })}
            />
          ))}
          {came.undecided > 0 && (
            <Text size="sm" c="dimmed">
              {t("deskReports.undecided", { count: came.undecided })}
            </Text>
          )}
        </div>
      </Panel>
      <Hours report={report} />
      <Panel
        flush
        title={t("deskReports.touch.given")}
        hint={t("deskReports.touch.givenHint")}
      >
        <Four
          name={t("deskReports.returns.ended")}
          touch={given}
          before={report.givenBefore}
          goal={report.goalSeconds}
        />
        <div className={classes.foot}>
          <NumberButton
            count={given.inTime}
            name={t("deskReports.figure.given_in_time")}
            text={t("deskReports.count.in_time", { count: given.inTime })}
            onPress={() => onBehind({ figure: "given_in_time" })}
          />
          <NumberButton
            count={given.cases - given.undecided - given.inTime}
            name={t("deskReports.figure.given_missed")}
            text={t("deskReports.count.given_missed", {
              count: given.cases - given.undecided - given.inTime,
            })}
            onPress={() => onBehind({ figure: "given_missed" })}
          />
          {given.undecided > 0 && (
            <Text size="sm" c="dimmed">
              {t("deskReports.takenEarly", { count: given.undecided })}
            </Text>
          )}
        </div>
      </Panel>
      <Text size="xs" c="dimmed">
        {t("deskReports.wallClock")}
      </Text>
    </>
  );
}

interface FourProps {
  /** What there are so many of. */
  name: string;
  touch: Touch;
  before: Touch;
  goal: number;
}

function Four({ name, touch, before, goal }: FourProps) {
  const { t, number } = useSpeech();
  const { time, share } = useFigures();
  const then = (value: string) => t("deskReports.before", { value });
  return (
    <Figures of="four">
      <Figure name={t("deskReports.inGoal")} value={share(touch.shareInTime)}>
        <Beside>{t("deskReports.goal", { time: time(goal) })}</Beside>
        <Beside>{then(share(before.shareInTime))}</Beside>
      </Figure>
      <Figure name={t("deskReports.median")} value={time(touch.medianSeconds)}>
        <Beside>{then(time(before.medianSeconds))}</Beside>
      </Figure>
      <Figure name={t("deskReports.p90")} value={time(touch.p90Seconds)}>
        <Beside>{then(time(before.p90Seconds))}</Beside>
      </Figure>
      <Figure name={name} value={number(touch.cases)}>
        <Beside>{t("deskReports.openedOf", { count: touch.opened })}</Beside>
        <Beside>{then(number(before.cases))}</Beside>
      </Figure>
    </Figures>
  );
}

type Metric = "inGoal" | "median" | "cases";
const METRICS: readonly Metric[] = ["inGoal", "median", "cases"];

interface MetricProps {
  metric: Metric;
  onMetric: (metric: Metric) => void;
}

function MetricChoice({ metric, onMetric }: MetricProps) {
  const { t } = useSpeech();
  return (
    <SegmentedControl<Metric>
      size="xs"
      aria-label={t("deskReports.drawn")}
      value={metric}
      onChange={onMetric}
      data={METRICS.map((value) => ({ value, label: t(`deskReports.${value}`) }))}
    />
  );
}

/** How a plot of the metric is written. */
function useMetric(metric: Metric) {
  const { t, number } = useSpeech();
  const { time, share } = useFigures();
  const format = {
    inGoal: (value: number) => share(value / 100),
    median: time,
    cases: number,
  }[metric];
  const valueOf = (touch: Touch): number | null => {
    if (metric === "cases") return touch.cases;
    if (metric === "median") return touch.medianSeconds;
    return touch.shareInTime === null ? null : touch.shareInTime * 100;
  };
  return {
    name: t(`deskReports.${metric}`),
    format,
    formatShort: metric === "cases" ? undefined : format,
    valueOf,
  };
}

function Days({ report: { days } }: { report: DeskTouch }) {
  const { t, locale } = useSpeech();
  const [metric, setMetric] = useState<Metric>("inGoal");
  const { valueOf, name, ...written } = useMetric(metric);
  return (
    <Plot
      kind="bars"
      rows={days.map((day) => ({
        start: day.day,
        short: showDay(locale, day.day).replace(/[\s,]*\d{4}$| de \d{4}$/, ""),
        long: showDay(locale, day.day),
        named: true,
        value: valueOf(day),
      }))}
      name={name}
      rowName={t("deskReports.day")}
      label={t("deskReports.perDay", { metric: name })}
      height={220}
      {...written}
      controls={<MetricChoice metric={metric} onMetric={setMetric} />}
    />
  );
}

function Hours({ report: { hours } }: { report: DeskTouch }) {
  const { t, locale } = useSpeech();
  const [metric, setMetric] = useState<Metric>("cases");
  const { valueOf, name, ...written } = useMetric(metric);
  return (
    <Panel title={t("deskReports.hours")} hint={t("deskReports.hoursHint")}>
      <Plot
        kind="bars"
        plain
        rows={hours.map((hour) => ({
          start: String(hour.hour),
          short: showHour(locale, hour.hour),
          long: showHour(locale, hour.hour),
          named: hour.hour % 3 === 0,
          value: valueOf(hour),
        }))}
        name={name}
        rowName={t("deskReports.hour")}
        label={t("deskReports.perHour", { metric: name })}
        height={200}
        {...written}
        controls={<MetricChoice metric={metric} onMetric={setMetric} />}
      />
    </Panel>
  );
}
