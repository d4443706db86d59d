import { useSpeech } from "../../../lib/i18n";
import classes from "./Reports.module.css";

interface NumberButtonProps {
  count: number;
  /** What is counted, for whoever hears it. */
  name: string;
  /** What stands there, if more than the number. */
  text?: string | undefined;
  onPress: () => void;
}

/** A count that leads to the very clientes. Of nothing there is nothing to see. */
export function NumberButton({ count, name, text, onPress }: NumberButtonProps) {
  const { t, number } = useSpeech();
  const shown = text ?? number(count);
  if (count === 0) return <span className="number">{shown}</span>;
  return (
    <button
      type="button"
      className={classes.number}
      aria-label={t("deskReports.see", { what: name, shown })}
      onClick={onPress}
    >
      {shown}
    </button>
  );
}
