import { useQuery } from "@tanstack/react-query";

import type { Status } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import { STATUSES } from "../filters";
import { countsQuery } from "../queries";
import { StatusChip } from "../StatusChip";
import classes from "./Gtr.module.css";

/** The server counts no further. */
const MOST_COUNTED = 10_000;

interface StatusTabsProps {
  chosen: readonly Status[] | undefined;
  onChoose: (status: readonly Status[] | undefined) => void;
}

/** How many there are of each state; a press shows these alone. */
export function StatusTabs({ chosen = [], onChoose }: StatusTabsProps) {
  const { t, number } = useSpeech();
  const counts = useQuery(countsQuery()).data;
  const without = (status: Status) => chosen.filter((one) => one !== status);
  return (
    <div className={classes.tabs} role="group" aria-label={t("desk.byStatus")}>
      {STATUSES.map((status) => {
        const pressed = chosen.includes(status);
        const next = pressed ? without(status) : [...chosen, status];
        const count = counts?.[status];
        return (
          <button
            key={status}
            type="button"
            className={classes.tab}
            aria-pressed={pressed}
            onClick={() => onChoose(next.length === 0 ? undefined : next)}
          >
            <span className={classes.tabCount}>
              {count === undefined
                ? "–"
                : `${number(count)}${count >= MOST_COUNTED ? "+" : ""}`}
            </span>
            <StatusChip status={status} />
          </button>
        );
      })}
    </div>
  );
}
