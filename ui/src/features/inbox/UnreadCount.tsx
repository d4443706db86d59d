import { useQuery } from "@tanstack/react-query";

import { useSpeech } from "../../lib/i18n";
import classes from "./Inbox.module.css";
import { unreadQuery } from "./queries";

const MOST = 99;

/** How many conversations have something new, beside the name of the screen. */
export function UnreadCount() {
  const { t } = useSpeech();
  const count = useQuery(unreadQuery()).data?.all ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden="true">{count > MOST ? `${String(MOST)}+` : count}</span>
      <span className="visually-hidden">{t("inbox.unreadNow", { count })}</span>
    </span>
  );
}
