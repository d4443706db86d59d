import type { ReactNode } from "react";

import classes from "./Sheets.module.css";

export type ToneName = "new" | "known" | "over" | "none" | "bad";

/** What a row is, in a colour and in words. */
export function Tone({ of, children }: { of: ToneName; children: ReactNode }) {
  return (
    <span className={classes.tone} data-tone={of}>
      {children}
    </span>
  );
}
