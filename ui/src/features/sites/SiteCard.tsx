import { Badge, Button, Collapse, Group, Text, Title } from "@mantine/core";
import { IconChevronDown, IconPencil } from "@tabler/icons-react";
import { useId } from "react";

import type { Site } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { ANY_ORIGIN } from "./domains";
import { Check } from "./Check";
import { Forms } from "./Forms";
import classes from "./SiteCard.module.css";
import { Snippet } from "./Snippet";

interface SiteCardProps {
  site: Site;
  opened: boolean;
  onToggle: () => void;
  /** Absent for those who may only look. */
  onEdit?: () => void;
}

export function SiteCard({ site, opened, onToggle, onEdit }: SiteCardProps) {
  const { t } = useSpeech();
  const details = useId();
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <div className={classes.who}>
          <Group gap="xs">
            <Title order={2}>{site.name}</Title>
            <Receiving site={site} />
          </Group>
          <Group gap={6} mt={6}>
            {site.domains.map((domain) => (
              <span key={domain} className={classes.domain}>
                {domain === ANY_ORIGIN ? `* · ${t("sites.anyOrigin")}` : domain}
              </span>
            ))}
          </Group>
        </div>
        <Group gap="xs" className={classes.actions}>
          {onEdit !== undefined && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconPencil size={16} aria-hidden="true" />}
              aria-label={t("sites.editSite", { name: site.name })}
              onClick={onEdit}
            >
              {t("action.edit")}
            </Button>
          )}
          <Button
            variant="default"
            aria-expanded={opened}
            aria-controls={details}
            rightSection={
              <IconChevronDown
                size={16}
                aria-hidden="true"
                className={classes.chevron}
                data-opened={opened || undefined}
              />
            }
            onClick={onToggle}
          >
            {t("sites.install")}
          </Button>
        </Group>
      </div>
      <Collapse expanded={opened} id={details}>
        {opened && (
          <div className={classes.details}>
            <Snippet site={site} />
            <Check site={site} />
            <Forms site={site} mayChange={onEdit !== undefined} />
          </div>
        )}
      </Collapse>
    </li>
  );
}

function Receiving({ site }: { site: Site }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  if (site.firstEventAt === null) {
    return (
      <Badge variant="light" color="orange" tt="none">
        {t("sites.waiting")}
      </Badge>
    );
  }
  return (
    <>
      <Badge variant="light" color="teal" tt="none">
        {t("sites.receiving")}
      </Badge>
      {site.lastEventAt !== null && (
        <Text size="sm" c="dimmed">
          {t("sites.lastEvent", {
            time: showMoment(locale, tenant.timeZone, site.lastEventAt),
          })}
        </Text>
      )}
    </>
  );
}
