import { ActionIcon, Indicator, Menu } from "@mantine/core";
import { IconCheck, IconFilter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { useSpeech } from "../../lib/i18n";
import type { InboxFilters } from "./filters";
import classes from "./Inbox.module.css";
import { sendingQuery } from "./queries";

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
        <Item
          role="menuitemcheckbox"
          on={unread === true}
          onClick={() => onFilters({ ...filters, unread: unread ? undefined : true })}
        >
          {t("inbox.onlyUnread")}
        </Item>
        <Menu.Divider />
        <Menu.Label>{t("inbox.byStatus")}</Menu.Label>
        <Item
          on={status !== "closed"}
          onClick={() => onFilters({ ...filters, status: undefined })}
        >
          {t("inbox.open")}
        </Item>
        <Item
          on={status === "closed"}
          onClick={() => onFilters({ ...filters, status: "closed" })}
        >
          {t("inbox.closed")}
        </Item>
        <Channels filters={filters} onFilters={onFilters} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where there is one number only, nobody has to choose. */
function Channels({ filters, onFilters }: MoreProps) {
  const { t } = useSpeech();
  const numbers = useQuery(sendingQuery()).data?.items ?? [];
  const choose = (channel: string | undefined) => onFilters({ ...filters, channel });
  if (numbers.length < 2 && filters.channel === undefined) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("inbox.byChannel")}</Menu.Label>
      <Item on={filters.channel === undefined} onClick={() => choose(undefined)}>
        {t("inbox.everyChannel")}
      </Item>
      {numbers.map(({ channelId, name, display }) => (
        <Item
          key={channelId}
          on={filters.channel === channelId}
          onClick={() => choose(channelId)}
        >
          {display === "" || display === name ? name : `${name} · ${display}`}
        </Item>
      ))}
    </>
  );
}

interface ItemProps {
  role?: "menuitemcheckbox" | "menuitemradio";
  on: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Item({ role = "menuitemradio", on, onClick, children }: ItemProps) {
  return (
    <Menu.Item
      role={role}
      aria-checked={on}
      leftSection={
        on ? (
          <IconCheck size={15} aria-hidden="true" />
        ) : (
          <span className={classes.noTick} />
        )
      }
      onClick={onClick}
    >
      {children}
    </Menu.Item>
  );
}
