import type { ReactNode } from "react";

import classes from "./Tone.module.css";

export type ToneName = "grey" | "blue" | "orange" | "green" | "red";

interface ToneProps {
  of: ToneName;
  /** Which state it is, where the words tell it in somebody's language. */
  status?: string;
  children: ReactNode;
}

/** A state, in a colour and in words. */
export function Tone({ of, status, children }: ToneProps) {
  return (
    <span className={classes.tone} data-tone={of} data-status={status}>
      {children}
    </span>
  );
}
