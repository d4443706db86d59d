import { Button, Menu, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { PresenceState } from "../../../api/model";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { deskSettingsQuery } from "../queries";
import classes from "./Asesor.module.css";
import { setOwnPresence, useOwnPresence } from "./ownPresence";

const PAUSES = ["lunch", "break", "meeting"] as const;

/** Whether one takes new clientes now; supervisors see it at once. */
export function PresenceMenu() {
  const { t } = useSpeech();
  const { state, reason } = useOwnPresence();
  const away = useAway();
  const [opened, setOpened] = useState(false);
  const [other, setOther] = useState("");
  const own = useQuery(deskSettingsQuery()).data?.pauses ?? [];
  const reasons =
    own.length > 0
      ? own.map(({ name }) => name)
      : PAUSES.map((pause) => t(`desk.pause.${pause}`));

  function tell(next: PresenceState, why: string | null = null): void {
    setOwnPresence({ state: next, reason: why });
    setOther("");
    setOpened(false);
  }

  return (
    <Menu position="bottom-end" width={240} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={
            <span
              className={classes.presenceDot}
              data-state={away ? "away" : state}
              aria-hidden="true"
            />
          }
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {t(away ? "desk.presence.unseen" : `desk.presence.${state}`)}
          {!away && reason !== null && ` · ${reason}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => tell("available")}>
          {t("desk.presence.available")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("desk.presence.paused")}</Menu.Label>
        {reasons.map((pause) => (
          <Menu.Item key={pause} onClick={() => tell("paused", pause)}>
            {pause}
          </Menu.Item>
        ))}
        <TextInput
          m={6}
          size="xs"
          aria-label={t("desk.pause.other")}
          placeholder={t("desk.pause.other")}
          value={other}
          maxLength={60}
          onChange={({ currentTarget }) => setOther(currentTarget.value)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Enter" && other.trim() !== "") {
              tell("paused", other.trim());
            }
          }}
        />
        <Menu.Divider />
        <Menu.Item onClick={() => tell("away")}>{t("desk.presence.away")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
