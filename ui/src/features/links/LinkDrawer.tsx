import { Anchor, Button, Drawer, Group, Stack, Tabs, Text, Title } from "@mantine/core";
import {
  IconArchive,
  IconArrowBackUp,
  IconDownload,
  IconPencil,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Link } from "../../api/model";
import { useMe } from "../../api/queries";
import { Copied } from "../../components/Copied";
import { useOffer } from "../../components/offer";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { serverNow } from "../../lib/serverClock";
import { showMoment } from "../../lib/time";
import { readable } from "./form";
import { LinkNumbers, LinkSigns } from "./Links";
import classes from "./Links.module.css";
import { MACROS, PLATFORMS } from "./macros";
import { hoursQuery, pictureOf, useArchive } from "./queries";
import { weekOf } from "./week";

interface LinkDrawerProps {
  link: Link | undefined;
  onClose: () => void;
  onEdit: (link: Link) => void;
}

/** One link: what to do with its address, and what came of it. */
export function LinkDrawer({ link, onClose, onEdit }: LinkDrawerProps) {
  const { t } = useSpeech();
  return (
    <Drawer
      opened={link !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={link?.name}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {link !== undefined && (
        <Stack gap="lg">
          <div>
            <LinkSigns link={link} />
            <LinkNumbers link={link} />
            <Week link={link} />
          </div>
          <Address link={link} />
          {link.archivedAt === null && <Appended />}
          <Picture link={link} />
          <Actions link={link} onEdit={onEdit} onArchived={onClose} />
        </Stack>
      )}
    </Drawer>
  );
}

function Address({ link }: { link: Link }) {
  const { t } = useSpeech();
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>{t("adLinks.address")}</Title>
      <Copied text={link.address} block />
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {link.leadsTo === null ? (
          t("adLinks.leadsNowhere")
        ) : (
          <>
            {t("adLinks.leadsTo")}{" "}
            <Anchor href={link.leadsTo} target="_blank" rel="noreferrer">
              {readable(link.leadsTo)}
            </Anchor>
          </>
        )}
      </Text>
    </Stack>
  );
}

/** What the ad platform has to append, ready to copy. */
function Appended() {
  const { t } = useSpeech();
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>{t("adLinks.append")}</Title>
      <Text size="sm" c="dimmed">
        {t("adLinks.appendHint")}
      </Text>
      <Tabs defaultValue="meta" keepMounted={false}>
        <Tabs.List aria-label={t("adLinks.append")}>
          {PLATFORMS.map((platform) => (
            <Tabs.Tab key={platform} value={platform}>
              {t(`adLinks.platform.${platform}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PLATFORMS.map((platform) => (
          <Tabs.Panel key={platform} value={platform} pt="sm">
            <Stack gap="xs">
              <Text size="sm">{t(`adLinks.where.${platform}`)}</Text>
              <Copied text={MACROS[platform]} block />
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

function Picture({ link }: { link: Link }) {
  const { t } = useSpeech();
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>{t("adLinks.qr")}</Title>
      <Group align="flex-end" gap="md">
        <img
          className={classes.picture}
          src={pictureOf(link.id, "svg")}
          alt={t("adLinks.qrOf", { what: link.address })}
        />
        <Stack gap="xs">
          {(["svg", "png"] as const).map((format) => (
            <Button
              key={format}
              component="a"
              href={pictureOf(link.id, format)}
              download={`${link.slug}.${format}`}
              variant="default"
              size="sm"
              leftSection={<IconDownload size={16} aria-hidden="true" />}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </Stack>
      </Group>
    </Stack>
  );
}

/** Clicks of the past seven days, drawn small; the numbers are said beside it. */
function Week({ link }: { link: Link }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const hours = useQuery(hoursQuery(link.id));
  const items = hours.data?.items ?? [];
  const [now] = useState(() => serverNow());
  const per = weekOf(items, now);
  const most = Math.max(...per, 1);
  const last = link.lastAt;
  return (
    <div>
      {items.length > 0 && (
        <div className={classes.hours} aria-hidden="true">
          {per.map((clicks, place) => (
            <span key={place} style={{ height: `${String((clicks / most) * 100)}%` }} />
          ))}
        </div>
      )}
      <Text size="sm" c="dimmed">
        {last === null
          ? t("adLinks.never")
          : t("adLinks.last", { time: showMoment(locale, tenant.timeZone, last) })}
      </Text>
    </div>
  );
}

interface ActionsProps {
  link: Link;
  onEdit: (link: Link) => void;
  onArchived: () => void;
}

function Actions({ link, onEdit, onArchived }: ActionsProps) {
  const { t } = useSpeech();
  const archive = useArchive();
  const toasts = useToasts();
  const offer = useOffer();
  const isArchived = link.archivedAt !== null;

  function turn(archived: boolean, undo: boolean): void {
    archive.mutate(
      { id: link.id, archived },
      {
        onError: toasts.failed,
        onSuccess: () => {
          onArchived();
          if (!undo) return;
          offer({
            message: t(archived ? "adLinks.archivedNow" : "adLinks.restoredNow"),
            label: t("adLinks.undo"),
            onTake: () => turn(!archived, false),
          });
        },
      },
    );
  }

  return (
    <Group gap="sm">
      <Button
        leftSection={<IconPencil size={16} aria-hidden="true" />}
        variant="default"
        onClick={() => onEdit(link)}
      >
        {t("action.edit")}
      </Button>
      <Button
        variant="default"
        loading={archive.isPending}
        leftSection={
          isArchived ? (
            <IconArrowBackUp size={16} aria-hidden="true" />
          ) : (
            <IconArchive size={16} aria-hidden="true" />
          )
        }
        onClick={() => turn(!isArchived, true)}
      >
        {t(isArchived ? "adLinks.restore" : "adLinks.archive")}
      </Button>
    </Group>
  );
}
