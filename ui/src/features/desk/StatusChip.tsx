import type { Status } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./Desk.module.css";

/** Where a cliente stands, in its colour and in words. */
export function StatusChip({ status }: { status: Status }) {
  const { t } = useSpeech();
  return (
    <span className={classes.chip} data-status={status}>
      {t(`desk.status.${status}`)}
    </span>
  );
}
