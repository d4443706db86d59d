import { useSpeech } from "../../lib/i18n";
import classes from "./BreakdownTable.module.css";

/** How a number stands to that of the period before: a sign to see, words to hear. */
export function Delta({ now, before }: { now: number; before: number }) {
  const { t, number } = useSpeech();
  if (before === 0 && now > 0) {
    return <Told way="up" seen={t("breakdown.new")} heard={t("breakdown.fresh")} />;
  }
  const change = before === 0 ? 0 : now / before - 1;
  const percent = (share: number, signDisplay: "exceptZero" | "never") =>
    number(share, {
      style: "percent",
      maximumFractionDigits: Math.abs(share) < 0.1 ? 1 : 0,
      signDisplay,
    });
  const seen = percent(change, "exceptZero").replace("-", "\u2212");
  if (Math.abs(change) < 0.0005) {
    return <Told way="same" seen={seen} heard={t("breakdown.same", { before })} />;
  }
  const values = { share: percent(change, "never"), before };
  return change > 0 ? (
    <Told way="up" seen={seen} heard={t("breakdown.more", values)} />
  ) : (
    <Told way="down" seen={seen} heard={t("breakdown.less", values)} />
  );
}

interface ToldProps {
  way: "up" | "down" | "same";
  seen: string;
  heard: string;
}

function Told({ way, seen, heard }: ToldProps) {
  return (
    <span className={classes.delta} data-way={way}>
      <span aria-hidden="true">{seen}</span>
      <span className="visually-hidden">{heard}</span>
    </span>
  );
}
