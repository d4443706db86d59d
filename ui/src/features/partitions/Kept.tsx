import { Progress, Text } from "@mantine/core";
import type { ReactNode } from "react";

import type { Partitions } from "../../api/model";
import { useMe } from "../../api/queries";
import { showBytes } from "../../lib/bytes";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Partitions.module.css";

/** What is kept how long, when it is cleaned up, and how much room there is. */
export function Kept({ partitions }: { partitions: Partitions }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const { retentionMonths, cleanupOlderThanMonths, nextCleanupAt, bytes, disk } =
    partitions;
  return (
    <dl className={classes.facts}>
      <Fact name={t("partitions.accepted")} hint={t("partitions.acceptedHint")}>
        {t("partitions.monthCount", { count: retentionMonths })}
      </Fact>
      <Fact
        name={t("partitions.cleanup")}
        hint={
          nextCleanupAt === null
            ? t("partitions.cleanupOffHint")
            : t("partitions.cleanupNext", {
                time: showMoment(locale, tenant.timeZone, nextCleanupAt),
              })
        }
      >
        {nextCleanupAt === null
          ? t("partitions.cleanupOff")
          : t("partitions.monthCount", { count: cleanupOlderThanMonths })}
      </Fact>
      {bytes !== null && (
        <Fact name={t("partitions.total")} hint={t("partitions.totalHint")}>
          {showBytes(locale, bytes)}
        </Fact>
      )}
      {disk !== null && (
        <Fact
          name={t("partitions.disk")}
          hint={
            <>
              {t("partitions.diskOf", { total: showBytes(locale, disk.total) })}
              <Progress
                mt={6}
                size="sm"
                value={(100 * (disk.total - disk.free)) / disk.total}
                color={disk.free / disk.total < 0.1 ? "red" : "petrol"}
                aria-hidden="true"
              />
            </>
          }
        >
          {showBytes(locale, disk.free)}
        </Fact>
      )}
    </dl>
  );
}

interface FactProps {
  name: string;
  hint: ReactNode;
  children: ReactNode;
}

function Fact({ name, hint, children }: FactProps) {
  return (
    <div className={classes.fact}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>
        {children}
        <Text component="div" size="xs" c="dimmed" fw={400} lts={0}>
          {hint}
        </Text>
      </dd>
    </div>
  );
}
