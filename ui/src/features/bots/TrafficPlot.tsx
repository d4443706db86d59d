import { ScrollArea, Table } from "@mantine/core";
import { lazy } from "react";

import { TwoWayPlot } from "../../components/TwoWayPlot";
import { useSpeech } from "../../lib/i18n";
import classes from "./TrafficPlot.module.css";
import { useShare } from "./words";

const Drawing = lazy(() => import("./trafficDrawing"));

export interface TrafficRow {
  start: string;
  short: string;
  long: string;
  /** Whether the axis may name it. */
  named: boolean;
  bots: number;
  people: number;
}

export interface TrafficNames {
  row: string;
  bots: string;
  people: string;
}

interface TrafficPlotProps {
  rows: readonly TrafficRow[];
  names: TrafficNames;
  /** Says the whole plot in a sentence, for those who don't see it. */
  label: string;
  height: number;
}

/** Bots upon people, step by step: a drawing, and the table behind it. */
export function TrafficPlot(props: TrafficPlotProps) {
  const { number } = useSpeech();
  const { names, label, height } = props;
  return (
    <TwoWayPlot
      label={label}
      height={height}
      legendClass={classes.legend}
      legend={
        <>
          <li data-of="people">{names.people}</li>
          <li data-of="bots">{names.bots}</li>
        </>
      }
      table={<Rows {...props} />}
      drawing={
        <Drawing
          {...props}
          format={number}
          formatShort={(value) =>
            number(value, { notation: "compact", maximumSignificantDigits: 3 })
          }
        />
      }
    />
  );
}

function Rows({ rows, names, label, height }: TrafficPlotProps) {
  const { t, number } = useSpeech();
  const share = useShare();
  return (
    <ScrollArea.Autosize
      mah={height}
      type="auto"
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}
    >
      <Table verticalSpacing={6} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{names.row}</Table.Th>
            <Table.Th ta="right">{names.bots}</Table.Th>
            <Table.Th ta="right">{names.people}</Table.Th>
            <Table.Th ta="right">{t("bots.share")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.toReversed().map(({ start, long, bots, people }) => (
            <Table.Tr key={start}>
              <Table.Td>{long}</Table.Td>
              <Table.Td ta="right" className="number">
                {number(bots)}
              </Table.Td>
              <Table.Td ta="right" className="number">
                {number(people)}
              </Table.Td>
              <Table.Td ta="right" className="number">
                {bots + people === 0 ? "–" : share(bots, bots + people)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
