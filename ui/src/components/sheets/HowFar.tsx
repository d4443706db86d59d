import { Progress, Text } from "@mantine/core";

import { useSpeech } from "../../lib/i18n";
import classes from "./Sheets.module.css";

interface HowFarProps {
  label: string;
  rows: number;
  done: number;
  moving: boolean;
}

/** A bar, and the same in words. */
export function HowFar({ label, rows, done, moving }: HowFarProps) {
  const { t, number } = useSpeech();
  return (
    <>
      <Progress
        value={rows === 0 ? 100 : (done / rows) * 100}
        animated={moving}
        aria-label={label}
        size="lg"
      />
      <Text size="sm" c="dimmed" role="status">
        {t("import.done", { done: number(done), rows: number(rows) })}
      </Text>
    </>
  );
}

interface Count {
  name: string;
  count: number;
}

/** How many became what. */
export function Counts({ of }: { of: readonly Count[] }) {
  const { number } = useSpeech();
  return (
    <dl className={classes.counts}>
      {of.map(({ name, count }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
