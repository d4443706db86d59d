/** What tells of paused destinations on every screen. */
import { useQuery } from "@tanstack/react-query";

import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import classes from "./Conversions.module.css";
import { destinationsQuery } from "./queries";

const NOW_AND_THEN = 60_000;

/** How many stand still, beside the name of the screen. News brings it sooner. */
export function PausedCount() {
  const { t } = useSpeech();
  const { user } = useMe();
  const { data } = useQuery({
    ...destinationsQuery(),
    enabled: user.role === "admin",
    refetchInterval: NOW_AND_THEN,
  });
  const count = data?.items.filter(({ state }) => state === "paused").length ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t("conv.pausedNow", { count })}</span>
    </span>
  );
}
