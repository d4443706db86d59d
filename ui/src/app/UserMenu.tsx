import { Avatar, Menu, UnstyledButton } from "@mantine/core";
import { IconKeyboard, IconLogout, IconSelector } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";

import { useMe } from "../api/queries";
import { useSignOut } from "../features/auth/mutations";
import { useSpeech } from "../lib/i18n";
import { LanguageItems, ThemeItems } from "./Preferences";
import { toSignIn } from "./session";
import classes from "./Shell.module.css";

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useSpeech();
  const { user } = useMe();
  const router = useRouter();
  const queries = useQueryClient();
  const signOut = useSignOut();
  const name = user.name === "" ? user.email : user.name;

  return (
    <Menu position="top-start" width={228} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <span className="visually-hidden">{t("user.menu")}</span>
          <Avatar
            aria-hidden="true"
            size={30}
            radius="xl"
            color="petrol.2"
            variant="filled"
            name={name}
            alt=""
          />
          <span className={classes.userName}>
            <span>{name}</span>
            <span className={classes.role}>{t(`user.role.${user.role}`)}</span>
          </span>
          <IconSelector size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
        <Menu.Divider />
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKeyboard size={16} aria-hidden="true" />}
          onClick={onHelp}
        >
          {t("user.shortcuts")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden="true" />}
          onClick={() =>
            signOut.mutate(undefined, {
              onSuccess: () => void toSignIn(router, queries, { comeBack: false }),
            })
          }
        >
          {t("user.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
