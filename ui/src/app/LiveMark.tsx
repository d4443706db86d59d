import { Tooltip } from "@mantine/core";

import { useSpeech } from "../lib/i18n";
import { useLiveStatus } from "./live";
import classes from "./Shell.module.css";

/** Whether what is on the screen changes by itself. */
export function LiveMark() {
  const { t } = useSpeech();
  const status = useLiveStatus();
  return (
    <Tooltip label={t(status === "live" ? "live.hint.live" : "live.hint.waiting")}>
      <div className={classes.live} data-status={status} role="status">
        <span className={classes.liveDot} aria-hidden="true" />
        {t(`live.${status}`)}
      </div>
    </Tooltip>
  );
}
