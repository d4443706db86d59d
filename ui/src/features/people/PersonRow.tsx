import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Menu,
  Modal,
  Select,
  Stack,
  Text,
} from "@mantine/core";
import {
  IconDeviceMobileOff,
  IconDots,
  IconKey,
  IconUserCheck,
  IconUserOff,
} from "@tabler/icons-react";
import { useState } from "react";

import type { AccessLink, Person } from "../../api/model";
import { useMe } from "../../api/queries";
import { OnceShown } from "../../components/OnceShown";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./People.module.css";
import { useChangePerson, useMakeReset, useSwitchFactorOffOf } from "./queries";
import { useRoles } from "./roles";

type Open = { kind: "deactivate" } | { kind: "link"; made: AccessLink } | null;

/** One person: the role, and what an administrator can do about them. */
export function PersonRow({ person }: { person: Person }) {
  const { t, locale } = useSpeech();
  const { user, tenant } = useMe();
  const roles = useRoles();
  const toasts = useToasts();
  const change = useChangePerson();
  const [open, setOpen] = useState<Open>(null);
  const off = person.deactivatedAt !== null;

  return (
    <li className={classes.person} aria-label={person.name}>
      <div className={classes.who}>
        <div className={classes.name}>
          <Text fw={560} size="sm">
            {person.name}
          </Text>
          {person.id === user.id && (
            <Badge size="sm" variant="light" tt="none">
              {t("people.you")}
            </Badge>
          )}
          {person.secondFactor && (
            <Badge size="sm" variant="light" color="teal" tt="none">
              {t("people.factor")}
            </Badge>
          )}
          {off && (
            <Badge size="sm" variant="light" color="gray" tt="none">
              {t("people.off")}
            </Badge>
          )}
        </div>
        <Text size="xs" c="dimmed">
          {person.email}
        </Text>
        <Text size="xs" c="dimmed">
          {person.lastSignInAt === null
            ? t("people.neverSeen")
            : t("people.seen", {
                time: showMoment(locale, tenant.timeZone, person.lastSignInAt),
              })}
        </Text>
      </div>
      <Select
        aria-label={t("people.roleOf", { name: person.name })}
        data={roles}
        value={person.role}
        disabled={off || change.isPending}
        allowDeselect={false}
        onChange={(role) => {
          if (role === null || role === person.role) return;
          change.mutate(
            { id: person.id, role },
            { onSuccess: toasts.saved, onError: toasts.failed },
          );
        }}
      />
      <Actions person={person} onOpen={setOpen} />
      <Dialogs person={person} open={open} onClose={() => setOpen(null)} />
    </li>
  );
}

function Actions({ person, onOpen }: { person: Person; onOpen: (open: Open) => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangePerson();
  const reset = useMakeReset();
  const factorOff = useSwitchFactorOffOf();
  const { user } = useMe();
  const off = person.deactivatedAt !== null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("people.actionsOf", { name: person.name })}
        >
          <IconDots size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {off ? (
          <Menu.Item
            leftSection={<IconUserCheck size={16} aria-hidden="true" />}
            onClick={() =>
              change.mutate(
                { id: person.id, active: true },
                { onSuccess: toasts.saved, onError: toasts.failed },
              )
            }
          >
            {t("people.reactivate")}
          </Menu.Item>
        ) : (
          <>
            <Menu.Item
              leftSection={<IconKey size={16} aria-hidden="true" />}
              onClick={() =>
                reset.mutate(person.id, {
                  onSuccess: (made) => onOpen({ kind: "link", made }),
                  onError: toasts.failed,
                })
              }
            >
              {t("people.reset")}
            </Menu.Item>
            {person.secondFactor && person.id !== user.id && (
              <Menu.Item
                leftSection={<IconDeviceMobileOff size={16} aria-hidden="true" />}
                onClick={() =>
                  factorOff.mutate(person.id, {
                    onSuccess: toasts.saved,
                    onError: toasts.failed,
                  })
                }
              >
                {t("people.factorOff")}
              </Menu.Item>
            )}
            <Menu.Item
              color="red"
              disabled={person.id === user.id}
              leftSection={<IconUserOff size={16} aria-hidden="true" />}
              onClick={() => onOpen({ kind: "deactivate" })}
            >
              {t("people.deactivate")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface DialogsProps {
  person: Person;
  open: Open;
  onClose: () => void;
}

function Dialogs({ person, open, onClose }: DialogsProps) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const { name } = person;
  const title =
    open?.kind === "deactivate" ? t("people.deactivateOf", { name }) : t("people.reset");
  return (
    <Modal
      opened={open !== null}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {open?.kind === "link" && (
        <OnceShown
          label={t("people.link")}
          text={open.made.link}
          copy={t("people.copyLink")}
          hint={t("people.resetHint", {
            name,
            time: showMoment(locale, tenant.timeZone, open.made.expiresAt),
          })}
        />
      )}
      {open?.kind === "deactivate" && <Sure person={person} onClose={onClose} />}
    </Modal>
  );
}

function Sure({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangePerson();
  return (
    <Stack gap="md">
      <Text size="sm">{t("people.deactivateHint")}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button
          color="red"
          data-autofocus
          loading={change.isPending}
          onClick={() =>
            change.mutate(
              { id: person.id, active: false },
              {
                onSuccess: () => {
                  toasts.say(t("people.deactivated", { name: person.name }));
                  onClose();
                },
                onError: toasts.failed,
              },
            )
          }
        >
          {t("people.deactivate")}
        </Button>
      </Group>
    </Stack>
  );
}
