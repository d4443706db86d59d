import { List, Loader, Text, ThemeIcon, Title } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { Site } from "../../api/model";
import { sitesQuery, useMe } from "../../api/queries";
import { LinkButton } from "../../components/links";
import { useSpeech, type TextKey } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Check.module.css";

const ASK_EVERY = 3_000;
const PATIENCE = 60_000;

const HINTS: readonly TextKey[] = [
  "check.hint.published",
  "check.hint.domain",
  "check.hint.blocker",
  "check.hint.privacy",
  "check.hint.reachable",
];

/** Waits under the user's eyes for the site's first event. */
export function Check({ site }: { site: Site }) {
  const { t } = useSpeech();
  return (
    <div aria-live="polite">
      <Title order={3} mb="sm">
        {t("check.title")}
      </Title>
      {site.firstEventAt === null ? (
        <Waiting />
      ) : (
        <Works site={site} firstEventAt={site.firstEventAt} />
      )}
    </div>
  );
}

function Waiting() {
  const { t } = useSpeech();
  const slow = useAfter(PATIENCE);
  // The socket says it sooner; asking is for when there is no socket.
  useQuery({ ...sitesQuery(), refetchInterval: ASK_EVERY });
  return (
    <>
      <div className={classes.box} data-state="waiting">
        <Loader size={28} color="orange" aria-hidden="true" />
        <div>
          <Text fw={600}>{t("check.waiting")}</Text>
          <Text size="sm" c="dimmed">
            {t("check.waitingText")}
          </Text>
        </div>
      </div>
      {slow && (
        <>
          <Text size="sm" fw={600} mt="md" mb={6}>
            {t("check.slow")}
          </Text>
          <List size="sm" spacing={6}>
            {HINTS.map((hint) => (
              <List.Item key={hint}>{t(hint)}</List.Item>
            ))}
          </List>
        </>
      )}
    </>
  );
}

function Works({ site, firstEventAt }: { site: Site; firstEventAt: string }) {
  const { t, locale } = useSpeech();
  const { tenant, user } = useMe();
  return (
    <div className={classes.box} data-state="works">
      <ThemeIcon size={32} radius="xl" color="teal" aria-hidden="true">
        <IconCheck size={20} stroke={3} />
      </ThemeIcon>
      <div>
        <Text fw={600}>{t("check.works")}</Text>
        <Text size="sm" c="dimmed">
          {t("check.first", { time: showMoment(locale, tenant.timeZone, firstEventAt) })}
        </Text>
        {user.role !== "asesor" && (
          <LinkButton
            to="/overview"
            search={{ site: site.id }}
            variant="light"
            size="xs"
            mt="sm"
          >
            {t("check.toOverview")}
          </LinkButton>
        )}
      </div>
    </div>
  );
}

function useAfter(pause: number): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), pause);
    return () => clearTimeout(timer);
  }, [pause]);
  return over;
}
