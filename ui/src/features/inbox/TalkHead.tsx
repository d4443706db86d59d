import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCheck,
  IconChevronDown,
  IconCircleCheck,
  IconInfoCircle,
  IconUserCheck,
  IconUserPlus,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ChatPresence, Conversation } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { Face } from "../contacts/Face";
import classes from "./Inbox.module.css";
import { colleaguesQuery } from "./queries";
import { useTalkName } from "./words";

interface HeadProps {
  talk: Conversation;
  presence: ChatPresence;
  back: ReactNode;
  onDetails: () => void;
  onAssign: (userId: string | null) => void;
  onToggle: () => void;
}

/** With whom, who else is here, whose it is, and whether it is done. */
export function TalkHead({
  talk,
  presence,
  back,
  onDetails,
  onAssign,
  onToggle,
}: HeadProps) {
  const { t } = useSpeech();
  const name = useTalkName()(talk);
  const closed = talk.status === "closed";
  return (
    <header className={classes.head}>
      {back}
      <Face name={name} size={36} />
      <div className={classes.who}>
        <h2 className={classes.whoName}>{name}</h2>
        <Text size="xs" c="dimmed" truncate role="status">
          <Doing presence={presence} fallback={talk.channel.name} />
        </Text>
      </div>
      <AssignMenu talk={talk} onAssign={onAssign} />
      <Button
        className={classes.wordy}
        aria-label={t(closed ? "inbox.reopen" : "inbox.close")}
        variant="default"
        size="xs"
        leftSection={
          closed ? (
            <IconArrowBackUp size={15} aria-hidden="true" />
          ) : (
            <IconCircleCheck size={15} aria-hidden="true" />
          )
        }
        onClick={onToggle}
      >
        <span className={classes.word}>{t(closed ? "inbox.reopen" : "inbox.close")}</span>
      </Button>
      <ActionIcon
        className={classes.details}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("inbox.details")}
        onClick={onDetails}
      >
        <IconInfoCircle size={19} aria-hidden="true" />
      </ActionIcon>
    </header>
  );
}

function Doing({ presence, fallback }: { presence: ChatPresence; fallback: string }) {
  const { t } = useSpeech();
  const me = useMe().user.id;
  // Oneself, too, is heard of on the socket.
  const others = presence.items.filter(({ id }) => id !== me);
  const typing = others.find(({ doing }) => doing === "typing");
  if (typing !== undefined) {
    return (
      <span className={classes.typing}>{t("inbox.typing", { name: typing.name })}</span>
    );
  }
  const [looking] = others;
  return looking === undefined ? fallback : t("inbox.looking", { name: looking.name });
}

function AssignMenu({ talk, onAssign }: Pick<HeadProps, "talk" | "onAssign">) {
  const { t } = useSpeech();
  const me = useMe().user;
  const holder = talk.assignedTo;
  const colleagues = useQuery(colleaguesQuery()).data?.items ?? [];
  const others = colleagues.filter(({ id }) => id !== me.id);
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          className={classes.assign}
          aria-label={
            holder == null
              ? t("inbox.assign")
              : t("inbox.assignedTo", { name: holder.name })
          }
          leftSection={
            holder == null ? (
              <IconUserPlus size={15} aria-hidden="true" />
            ) : (
              <IconUserCheck size={15} aria-hidden="true" />
            )
          }
          rightSection={<IconChevronDown size={13} aria-hidden="true" />}
        >
          <span className={classes.assignName}>{holder?.name ?? t("inbox.assign")}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {holder?.id !== me.id && (
          <Menu.Item onClick={() => onAssign(me.id)}>{t("inbox.takeIt")}</Menu.Item>
        )}
        {holder != null && (
          <Menu.Item onClick={() => onAssign(null)}>{t("inbox.giveBack")}</Menu.Item>
        )}
        {others.length > 0 && <Menu.Divider />}
        {others.map(({ id, name }) => (
          <Menu.Item
            key={id}
            rightSection={
              holder?.id === id ? <IconCheck size={15} aria-hidden="true" /> : undefined
            }
            onClick={() => onAssign(id)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
