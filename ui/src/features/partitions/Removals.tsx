import { Badge, Loader, Text } from "@mantine/core";

import type { Removal } from "../../api/model";
import { useMe } from "../../api/queries";
import { showBytes } from "../../lib/bytes";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { useMonthWord } from "./months";
import classes from "./Partitions.module.css";
import { isOpen } from "./queries";

const COLORS = {
  waiting: "gray",
  running: "petrol",
  done: "teal",
  failed: "red",
} as const;

/** Who has removed what, the latest first. */
export function Removals({ removals }: { removals: readonly Removal[] }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const monthWord = useMonthWord();
  return (
    <ul className={classes.removals}>
      {removals.map((removal) => (
        <li key={removal.id} className={classes.removal}>
          <div>
            <Text size="sm" fw={560}>
              {monthWord(removal.month)}
            </Text>
            <Text size="xs" c="dimmed">
              {t("partitions.askedBy", {
                name: removal.askedBy,
                time: showMoment(locale, tenant.timeZone, removal.askedAt),
              })}
            </Text>
            {removal.error !== null && (
              <Text size="xs" c="var(--mantine-color-error)">
                {removal.error}
              </Text>
            )}
          </div>
          <div className={classes.outcome}>
            <Badge
              variant="light"
              color={COLORS[removal.state]}
              tt="none"
              leftSection={isOpen(removal) && <Loader size={10} aria-hidden="true" />}
            >
              {t(`partitions.state.${removal.state}`)}
            </Badge>
            {removal.events !== null && (
              <Text size="xs" c="dimmed" className="number">
                {t("partitions.eventCount", { count: removal.events })}
                {removal.bytes !== null && ` · ${showBytes(locale, removal.bytes)}`}
              </Text>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
