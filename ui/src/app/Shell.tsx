import { AppShell, Burger, Group, ScrollArea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useMatches, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";

import { meQuery, useMe } from "../api/queries";
import { Mark, Wordmark } from "../components/Logo";
import { FiringBell, FiringToasts } from "../features/alerts/FiringSigns";
import { PresenceBeat } from "../features/desk/asesor/ownPresence";
import { ConnectionContext } from "../lib/connection";
import { useSpeech } from "../lib/i18n";
import { useLive } from "./live";
import { LiveMark } from "./LiveMark";
import { NavigationLinks } from "./NavigationLinks";
import { NotForYou } from "./screens";
import { toSignIn } from "./session";
import classes from "./Shell.module.css";
import { Shortcuts } from "./Shortcuts";
import { UserMenu } from "./UserMenu";

/** What stands around every screen of somebody who is signed in. */
export function Shell() {
  const { t } = useSpeech();
  const router = useRouter();
  const queries = useQueryClient();
  const { tenant, user } = useMe();
  const [opened, { toggle, close }] = useDisclosure();
  const [help, helpSwitch] = useDisclosure();
  const onSignIn = useCallback(() => {
    async function signInAgain(): Promise<void> {
      const me = await queries
        .query({ ...meQuery(), staleTime: 0 })
        .catch(() => undefined);
      // Who has yet to set up a second factor is signed in all the same.
      if (me?.needsSecondFactor !== true) await toSignIn(router, queries);
    }
    void signInAgain();
  }, [router, queries]);
  const openAlert = useCallback(
    (ruleId: string) =>
      void router.navigate({ to: "/alerts/$ruleId", params: { ruleId } }),
    [router],
  );
  const live = useLive(queries, onSignIn);

  return (
    <ConnectionContext value={live}>
      <a href="#content" className={classes.skip}>
        {t("nav.skip")}
      </a>
      <AppShell
        layout="alt"
        header={{ height: { base: 56, sm: 0 } }}
        navbar={{ width: 244, breakpoint: "sm", collapsed: { mobile: !opened } }}
        padding={{ base: "md", sm: "xl" }}
      >
        <AppShell.Header className={classes.header} hiddenFrom="sm">
          <Burger
            opened={opened}
            onClick={toggle}
            size="sm"
            color="#e8f1f1"
            aria-label={t(opened ? "nav.close" : "nav.open")}
            aria-expanded={opened}
          />
          <Brand />
          <Group gap={4} wrap="nowrap">
            <FiringBell />
            <LiveMark />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes.rail} aria-label={t("nav.label")}>
          <Group className={classes.brandRow} justify="space-between" wrap="nowrap">
            <Brand />
            <Burger
              opened
              onClick={close}
              hiddenFrom="sm"
              size="sm"
              color="#e8f1f1"
              aria-label={t("nav.close")}
            />
          </Group>
          <div className={classes.tenant}>{tenant.name}</div>
          <AppShell.Section grow component={ScrollArea} type="auto" scrollbarSize={8}>
            <NavigationLinks onNavigate={close} />
          </AppShell.Section>
          <AppShell.Section className={classes.foot}>
            <LiveMark />
            <UserMenu onHelp={helpSwitch.open} />
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
          <Screen />
        </AppShell.Main>
      </AppShell>
      {user.role === "asesor" && <PresenceBeat />}
      <FiringToasts onOpen={openAlert} />
      <Shortcuts help={help} onHelp={helpSwitch.open} onClose={helpSwitch.close} />
    </ConnectionContext>
  );
}

/** The one of this address, for whom it is for. */
function Screen() {
  const { role } = useMe().user;
  const isTheirs = useMatches({
    select: (matches) =>
      matches.every(({ staticData }) => staticData.roles?.includes(role) ?? true),
  });
  return isTheirs ? <Outlet /> : <NotForYou />;
}

function Brand() {
  return (
    <Group gap={10} wrap="nowrap" className={classes.brand}>
      <Mark size={28} />
      <Wordmark height={20} />
    </Group>
  );
}
