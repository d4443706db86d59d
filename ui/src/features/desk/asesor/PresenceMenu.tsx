import { Button, Menu, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { PresenceState } from "../../../api/desk";
import { useMe } from "../../../api/queries";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { asesoresQuery, useSayPresence } from "../queries";
import classes from "./Asesor.module.css";

const PAUSES = ["lunch", "break", "meeting"] as const;

/** Whether one takes new clientes now; supervisors see it at once. */
export function PresenceMenu() {
  const { t } = useSpeech();
  const me = useMe().user.id;
  const toasts = useToasts();
  const say = useSayPresence();
  const [other, setOther] = useState("");
  const own = useQuery(asesoresQuery()).data?.items.find(({ id }) => id === me);
  const state = own?.state ?? "available";
  const reason = own?.reason ?? "";

  function tell(next: PresenceState, why?: string): void {
    const presence = why === undefined ? { state: next } : { state: next, reason: why };
    say.mutate(presence, { onError: toasts.failed });
    setOther("");
  }

  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={
            <span className={classes.presenceDot} data-state={state} aria-hidden="true" />
          }
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {t(`desk.presence.${state}`)}
          {reason !== "" && ` · ${reason}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => tell("available")}>
          {t("desk.presence.available")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("desk.presence.paused")}</Menu.Label>
        {PAUSES.map((pause) => (
          <Menu.Item key={pause} onClick={() => tell("paused", t(`desk.pause.${pause}`))}>
            {t(`desk.pause.${pause}`)}
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
          onKeyDown={({ key }) => {
            if (key === "Enter" && other.trim() !== "") tell("paused", other.trim());
          }}
        />
        <Menu.Divider />
        <Menu.Item onClick={() => tell("away")}>{t("desk.presence.away")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
