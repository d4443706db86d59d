import type { ReactNode } from "react";

import { Mark, Wordmark } from "./Logo";
import classes from "./FrontDoor.module.css";

interface FrontDoorProps {
  title: string;
  /** Language and theme, chosen before anybody is known. */
  preferences: ReactNode;
  children: ReactNode;
}

/** A page for who is not signed in: one card, and the name of the house above it. */
export function FrontDoor({ title, preferences, children }: FrontDoorProps) {
  return (
    <main className={classes.screen}>
      <title>{`${title} · Pista`}</title>
      <div className={classes.preferences}>{preferences}</div>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Mark size={40} />
          <Wordmark height={26} />
        </div>
        {children}
      </div>
    </main>
  );
}
