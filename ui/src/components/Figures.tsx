import type { ReactNode } from "react";

import classes from "./Figures.module.css";

/** The large numbers above a drawing; so many side by side, where there is room. */
export function Figures({ of, children }: { of: "three" | "four"; children: ReactNode }) {
  return <dl className={classes[of]}>{children}</dl>;
}

interface FigureProps {
  name: string;
  value: string;
  children?: ReactNode;
}

export function Figure({ name, value, children }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd className={`number ${classes.value ?? ""}`}>{value}</dd>
      {children}
    </div>
  );
}

/** A line that is said of a figure. */
export function Beside({ children }: { children: ReactNode }) {
  return <dd className={classes.beside}>{children}</dd>;
}

/** What a panel shows below its figures. */
export function Drawn({ children }: { children: ReactNode }) {
  return <div className={classes.drawn}>{children}</div>;
}
