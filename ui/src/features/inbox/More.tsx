import { ActionIcon, Indicator, Menu } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { useSpeech } from "../../lib/i18n";
import type { InboxFilters } from "./filters";
import { sendingQuery } from "./queries";
import { nameOf } from "./SendingLine";

interface MoreProps {
  filters: InboxFilters;
  onFilters: (filters: InboxFilters) => void;
}

/** Which of them are listed: by what is new, by their state, and by number or bot. */
export function More({ filters, onFilters }: MoreProps) {
  const { t } = useSpeech();
  const { unread, status, channel } = filters;
  const set = unread === true || status === "closed" || channel !== undefined;
  return (
    <Menu position="bottom-end" width={260}>
      <Indicator disabled={!set} size={8} offset={4}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("inbox.filters")}>
            <IconFilter size={17} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
      </Indicator>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        <Menu.CheckboxItem
          closeMenuOnClick
          checked={unread === true}
          onChange={(on) => onFilters({ ...filters, unread: on ? true : undefined })}
        >
          {t("inbox.onlyUnread")}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Label>{t("inbox.byStatus")}</Menu.Label>
        <Menu.RadioGroup
          value={status ?? "open"}
          onChange={(next) =>
            onFilters({ ...filters, status: next === "closed" ? "closed" : undefined })
          }
        >
          <Menu.RadioItem closeMenuOnClick value="open">
            {t("inbox.open")}
          </Menu.RadioItem>
          <Menu.RadioItem closeMenuOnClick value="closed">
            {t("inbox.closed")}
          </Menu.RadioItem>
        </Menu.RadioGroup>
        <Channels filters={filters} onFilters={onFilters} />
      </Menu.Dropdown>
    </Menu>
  );
}

const ALL = "all";

/** Where there is one number only, nobody has to choose. */
function Channels({ filters, onFilters }: MoreProps) {
  const { t } = useSpeech();
  const numbers = useQuery(sendingQuery()).data?.items ?? [];
  if (numbers.length < 2 && filters.channel === undefined) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("inbox.byChannel")}</Menu.Label>
      <Menu.RadioGroup
        value={filters.channel ?? ALL}
        onChange={(next) =>
          onFilters({ ...filters, channel: next === ALL ? undefined : next })
        }
      >
        <Menu.RadioItem closeMenuOnClick value={ALL}>
          {t("inbox.everyChannel")}
        </Menu.RadioItem>
        {numbers.map((number) => (
          <Menu.RadioItem
            closeMenuOnClick
            key={number.channelId}
            value={number.channelId}
          >
            {nameOf(number)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
