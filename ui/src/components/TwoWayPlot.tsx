import { Skeleton } from "@mantine/core";
import { Suspense, useState, type ReactNode } from "react";

import { TableSwitch } from "./Plot";
import classes from "./TwoWayPlot.module.css";

interface TwoWayPlotProps {
  /** Says the whole plot in a sentence, for those who don't see it. */
  label: string;
  height: number;
  /** How each line or bar is named: items of a list. */
  legend: ReactNode;
  legendClass: string | undefined;
  drawing: ReactNode;
  table: ReactNode;
}

/** A drawing with its legend, and the table behind it. */
export function TwoWayPlot(props: TwoWayPlotProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={classes.plot} aria-label={props.label}>
      <div className={classes.head}>
        <ul className={`${classes.legend ?? ""} ${props.legendClass ?? ""}`}>
          {props.legend}
        </ul>
        <TableSwitch asTable={asTable} onTable={setAsTable} />
      </div>
      {asTable ? (
        props.table
      ) : (
        <Suspense fallback={<Skeleton height={props.height} />}>{props.drawing}</Suspense>
      )}
    </figure>
  );
}
