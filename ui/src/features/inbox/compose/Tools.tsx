import { ActionIcon, Button, Group, Menu, SegmentedControl, Text } from "@mantine/core";
import {
  IconBolt,
  IconListDetails,
  IconMapPin,
  IconPaperclip,
  IconPlus,
  IconSend2,
  IconTemplate,
} from "@tabler/icons-react";
import { useRef } from "react";

import { useMe } from "../../../api/queries";
import { useSpeech } from "../../../lib/i18n";
import classes from "../Thread.module.css";
import type { Platform } from "./files";

export type Mode = "reply" | "note";
export type Dialog = "template" | "location" | "choices" | "quick";

interface ToolsProps {
  mode: Mode;
  platform: Platform;
  /** Nothing but a template can be sent. */
  blocked: boolean;
  canSend: boolean;
  busy: boolean;
  onMode: (mode: Mode) => void;
  onQuick: () => void;
  onFiles: (files: Iterable<File>) => void;
  onDialog: (dialog: Dialog) => void;
  onSend: () => void;
}

/** What stands below the field: answer or note, what can be added, and send. */
export function Tools(props: ToolsProps) {
  const { t } = useSpeech();
  const { mode, canSend, busy, onMode, onSend } = props;
  const noting = mode === "note";
  return (
    <Group className={classes.tools} justify="space-between" gap="xs" wrap="nowrap">
      <Group gap={4} wrap="nowrap">
        <SegmentedControl
          size="xs"
          value={mode}
          onChange={(next) => onMode(next === "note" ? "note" : "reply")}
          aria-label={t("inbox.write")}
          data={[
            { value: "reply", label: t("inbox.reply") },
            { value: "note", label: t("inbox.note") },
          ]}
        />
        {!noting && <Additions {...props} />}
      </Group>
      <Group gap="sm" wrap="nowrap">
        <Text size="xs" c="dimmed" className={classes.keysHint}>
          {t("inbox.sendKeys")}
        </Text>
        <Button
          size="sm"
          aria-label={t(noting ? "inbox.keepNote" : "inbox.send")}
          color={noting ? "yellow.8" : undefined}
          disabled={!canSend}
          loading={busy}
          onClick={onSend}
        >
          {!noting && (
            <IconSend2 className={classes.sendIcon} size={16} aria-hidden="true" />
          )}
          <span className={classes.sendWord}>
            {t(noting ? "inbox.keepNote" : "inbox.send")}
          </span>
        </Button>
      </Group>
    </Group>
  );
}

function Additions({ platform, blocked, onQuick, onFiles, onDialog }: ToolsProps) {
  const { t } = useSpeech();
  const files = useRef<HTMLInputElement>(null);
  const whatsapp = platform === "whatsapp";
  const mayChange = useMe().user.role !== "asesor";
  return (
    <>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // The same file can be chosen again.
          event.currentTarget.value = "";
        }}
      />
      <Tool
        label={t("inbox.attach")}
        disabled={blocked}
        onClick={() => files.current?.click()}
      >
        <IconPaperclip size={18} aria-hidden="true" />
      </Tool>
      <Tool label={t("inbox.quick")} disabled={blocked} onClick={onQuick}>
        <IconBolt size={18} aria-hidden="true" />
      </Tool>
      <Menu position="top-start" width={220} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("inbox.add")}>
            <IconPlus size={18} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {whatsapp && (
            <Menu.Item
              leftSection={<IconTemplate size={16} aria-hidden="true" />}
              onClick={() => onDialog("template")}
            >
              {t("inbox.addTemplate")}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconMapPin size={16} aria-hidden="true" />}
            disabled={blocked}
            onClick={() => onDialog("location")}
          >
            {t("inbox.addLocation")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconListDetails size={16} aria-hidden="true" />}
            disabled={blocked}
            onClick={() => onDialog("choices")}
          >
            {t("inbox.addChoices")}
          </Menu.Item>
          {mayChange && (
            <Menu.Item
              leftSection={<IconBolt size={16} aria-hidden="true" />}
              onClick={() => onDialog("quick")}
            >
              {t("inbox.addQuick")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

interface ToolProps {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function Tool({ label, disabled, onClick, children }: ToolProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      disabled={disabled}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
