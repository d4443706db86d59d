import { Button, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { Invite } from "../../api/model";
import { useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import { Failed } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./People.module.css";
import { invitesQuery, useWithdrawInvite } from "./queries";

/** Invitations that nobody has taken up yet. */
export function OpenInvites() {
  const { t } = useSpeech();
  const invites = useQuery(invitesQuery());
  return (
    <Panel flush title={t("people.invites")} hint={t("people.invitesHint")}>
      {invites.isPending && <Skeleton height={64} />}
      {invites.isError && invites.data === undefined && (
        <Failed error={invites.error} onRetry={() => void invites.refetch()} />
      )}
      {invites.data?.items.length === 0 && (
        <Text size="sm" c="dimmed" className={classes.none}>
          {t("people.noInvites")}
        </Text>
      )}
      {invites.data !== undefined && invites.data.items.length > 0 && (
        <ul className={classes.list}>
          {invites.data.items.map((invite) => (
            <InviteRow key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const withdraw = useWithdrawInvite();
  return (
    <li className={classes.invite}>
      <div className={classes.who}>
        <Text fw={560} size="sm">
          {invite.email}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`user.role.${invite.role}`)}
          {" · "}
          {t("people.until", {
            time: showMoment(locale, tenant.timeZone, invite.expiresAt),
          })}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={withdraw.isPending}
        aria-label={t("people.withdrawOf", { email: invite.email })}
        onClick={() => withdraw.mutate(invite.id, { onError: toasts.failed })}
      >
        {t("people.withdraw")}
      </Button>
    </li>
  );
}
