import { useQuery } from "@tanstack/react-query";

import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import classes from "./OpenCount.module.css";
import { openQuery } from "./queries";

const MOST = 99;

/** How much waits for a person, beside the name of the screen. */
export function OpenCount() {
  const { t } = useSpeech();
  const { user } = useMe();
  const open = useQuery({ ...openQuery(), enabled: user.role !== "asesor" }).data;
  const count = open === undefined ? 0 : open.claims + open.conflicts;
  if (count === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden="true">{count > MOST ? `${String(MOST)}+` : count}</span>
      <span className="visually-hidden">{t("linking.openNow", { count })}</span>
    </span>
  );
}
