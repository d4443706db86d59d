import { useQuery } from "@tanstack/react-query";

import { useSpeech } from "../../../lib/i18n";
import classes from "./Gtr.module.css";
import { MARKS, type Mark } from "../filters";
import { countsQuery } from "../queries";

interface MarkTabsProps {
  chosen: Mark | undefined;
  onChoose: (mark: Mark | undefined) => void;
}

/** How many need somebody who looks after them; a press shows these alone. */
export function MarkTabs({ chosen, onChoose }: MarkTabsProps) {
  const { t, number } = useSpeech();
  const counts = useQuery(countsQuery()).data;
  const shown = MARKS.filter((mark) => mark === chosen || (counts?.[mark] ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <div className={classes.marks} role="group" aria-label={t("desk.marks")}>
      {shown.map((mark) => (
        <button
          key={mark}
          type="button"
          className={classes.markTab}
          data-mark={mark}
          aria-pressed={chosen === mark}
          onClick={() => onChoose(chosen === mark ? undefined : mark)}
        >
          {`${t(`desk.mark.${mark}`)} · ${number(counts?.[mark] ?? 0)}`}
        </button>
      ))}
    </div>
  );
}
