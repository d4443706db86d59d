/** What is shown instead of a screen: nothing there, not for you, broken, not there yet. */
import { Button, Skeleton, Stack } from "@mantine/core";
import {
  IconLock,
  IconMapQuestion,
  IconPlugConnectedX,
  IconRefresh,
} from "@tabler/icons-react";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useEffect } from "react";

import { ApiError } from "../api/client";
import { useMe } from "../api/queries";
import { LinkButton } from "../components/links";
import { Page } from "../components/Page";
import { Panel } from "../components/Panel";
import { Empty, Failed } from "../components/States";
import { useSpeech } from "../lib/i18n";

/** Nothing there, outside the shell. */
export function Nowhere() {
  return (
    <main>
      <Missing />
    </main>
  );
}

export function Missing() {
  const { t } = useSpeech();
  return (
    <Stack p="xl" mih="70dvh" justify="center">
      <title>{`${t("missing.title")} · Pista`}</title>
      <Empty
        icon={<IconMapQuestion size={28} />}
        order={1}
        title={t("missing.title")}
        text={t("missing.text")}
        action={<LinkButton to="/">{t("missing.back")}</LinkButton>}
      />
    </Stack>
  );
}

/** There is something, for others. */
export function NotForYou() {
  const { t } = useSpeech();
  const { user } = useMe();
  return (
    <Stack p="xl" mih="70dvh" justify="center">
      <title>{`${t("notForYou.title")} · Pista`}</title>
      <Empty
        icon={<IconLock size={28} />}
        order={1}
        title={t("notForYou.title")}
        text={t("notForYou.text", { role: t(`user.role.${user.role}`) })}
        action={<LinkButton to="/">{t("notForYou.back")}</LinkButton>}
      />
    </Stack>
  );
}

export function Crashed({ error, reset }: ErrorComponentProps) {
  const { t } = useSpeech();
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  useEffect(() => boundary.reset(), [boundary]);

  function retry(): void {
    reset();
    void router.invalidate();
  }

  if (error instanceof ApiError) return <Failed error={error} onRetry={retry} />;
  return (
    <Stack p="md" mih="60dvh" justify="center" role="alert">
      <Empty
        icon={<IconPlugConnectedX size={28} />}
        order={1}
        title={t("crash.title")}
        text={t("crash.text")}
        action={
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden="true" />}
            onClick={retry}
          >
            {t("action.retry")}
          </Button>
        }
      />
    </Stack>
  );
}

export function Arriving() {
  const { t } = useSpeech();
  return (
    <Page title={t("state.loading")}>
      <Panel>
        <Skeleton height={140} />
      </Panel>
      <Panel>
        <Skeleton height={320} />
      </Panel>
    </Page>
  );
}
