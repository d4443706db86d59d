import {
  Alert,
  Badge,
  Button,
  Group,
  Modal,
  Skeleton,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { IconQrcode } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { CheckedAccount, PaymentAccount } from "../../api/model";
import { useMe } from "../../api/queries";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed } from "../../components/States";
import { Sure } from "../../components/Sure";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { AccountAddress } from "./AccountAddress";
import { AccountForm } from "./AccountForm";
import {
  accountsQuery,
  noticesQuery,
  useChangeAccount,
  useCheckAccount,
  useDeleteAccount,
} from "./queries";
import { useSaid } from "./said";
import classes from "./Sales.module.css";

/** Where payments are taken. */
export function PaymentAccountsScreen() {
  const { t } = useSpeech();
  const accounts = useQuery(accountsQuery());
  const [adding, setAdding] = useState(false);
  const items = accounts.data?.items ?? [];
  const add = <Button onClick={() => setAdding(true)}>{t("payments.add")}</Button>;
  return (
    <Page
      title={t("nav.pix")}
      intro={t("payments.intro")}
      actions={items.length > 0 ? add : undefined}
    >
      {accounts.isPending && <Skeleton height={200} />}
      {accounts.isError && accounts.data === undefined && (
        <Failed error={accounts.error} onRetry={() => void accounts.refetch()} />
      )}
      {accounts.data !== undefined && items.length === 0 && (
        <Empty
          icon={<IconQrcode size={28} />}
          title={t("payments.empty")}
          text={t("payments.emptyHint")}
          action={add}
        />
      )}
      {items.map((account) => (
        <AccountPanel key={account.id} account={account} />
      ))}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t("payments.add")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {adding && <AccountForm onDone={() => setAdding(false)} />}
      </Modal>
    </Page>
  );
}

function AccountPanel({ account }: { account: PaymentAccount }) {
  const { t } = useSpeech();
  const said = useSaid();
  return (
    <Panel
      title={account.name}
      hint={t(`payments.gateway.${account.gateway}`)}
      actions={
        <Group gap="xs">
          {account.preferred && (
            <Badge variant="light" tt="none">
              {t("payments.preferred")}
            </Badge>
          )}
          <Badge variant="light" color={account.enabled ? "teal" : "gray"} tt="none">
            {t(account.enabled ? "payments.on" : "payments.off")}
          </Badge>
        </Group>
      }
    >
      <Stack gap="md">
        {account.pausedReason !== null && (
          <Alert color="red" variant="light" title={t("payments.refused")}>
            {said(account.pausedReason)}
          </Alert>
        )}
        {account.pixKey !== null && (
          <Text size="sm" className={classes.id}>
            {t("payments.key", { key: account.pixKey })}
          </Text>
        )}
        <AccountAddress account={account} />
        <AccountActions account={account} />
        {account.gateway !== "static" && <Notices account={account} />}
      </Stack>
    </Panel>
  );
}

function AccountActions({ account }: { account: PaymentAccount }) {
  const { t } = useSpeech();
  const said = useSaid();
  const toasts = useToasts();
  const change = useChangeAccount(account.id);
  const check = useCheckAccount(account.id);
  const drop = useDeleteAccount(account.id);
  const [sure, setSure] = useState(false);
  const [changing, setChanging] = useState(false);
  const [checked, setChecked] = useState<CheckedAccount>();
  const set = (what: { enabled?: boolean; preferred?: boolean }) =>
    change.mutate(what, { onError: toasts.failed, onSuccess: toasts.saved });
  return (
    <>
      <Group gap="xs">
        <Button
          size="sm"
          variant="default"
          loading={check.isPending}
          onClick={() =>
            check.mutate(undefined, { onError: toasts.failed, onSuccess: setChecked })
          }
        >
          {t("payments.check")}
        </Button>
        <Button size="sm" variant="default" onClick={() => setChanging(true)}>
          {t("dest.change")}
        </Button>
        {!account.preferred && account.enabled && (
          <Button size="sm" variant="default" onClick={() => set({ preferred: true })}>
            {t("payments.prefer")}
          </Button>
        )}
        <Button
          size="sm"
          variant="default"
          onClick={() => set({ enabled: !account.enabled })}
        >
          {t(account.enabled ? "payments.switchOff" : "payments.switchOn")}
        </Button>
        <Button size="sm" variant="subtle" color="red" onClick={() => setSure(true)}>
          {t("payments.delete")}
        </Button>
      </Group>
      <Text size="sm" role="status" c={checked?.ok === false ? "red" : "teal"}>
        {checked !== undefined &&
          (checked.ok
            ? t("payments.works", { ms: checked.milliseconds })
            : t("payments.worksNot", { why: said(checked.detail ?? "") }))}
      </Text>
      <Modal
        opened={changing}
        onClose={() => setChanging(false)}
        title={account.name}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {changing && <AccountForm account={account} onDone={() => setChanging(false)} />}
      </Modal>
      <Sure
        opened={sure}
        title={t("payments.delete")}
        text={t("payments.deleteSure", { name: account.name })}
        label={t("payments.delete")}
        danger
        pending={drop.isPending}
        onSure={() => drop.mutate(undefined, { onError: toasts.failed })}
        onClose={() => setSure(false)}
      />
    </>
  );
}

/** What the gateway told lately, and what became of it. */
function Notices({ account }: { account: PaymentAccount }) {
  const { t, locale } = useSpeech();
  const said = useSaid();
  const { tenant } = useMe();
  const notices = useQuery(noticesQuery(account.id)).data?.items ?? [];
  if (notices.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("payments.noNotices")}
      </Text>
    );
  }
  return (
    <section>
      <Title order={3}>{t("payments.notices")}</Title>
      <ul className={classes.lines}>
        {notices.slice(0, 10).map((one) => (
          <li key={one.id} className={classes.line}>
            <Text size="sm">
              {t(`payments.outcome.${one.outcome}`)}
              {one.detail !== null && (
                <Text span size="xs" c="dimmed" display="block">
                  {said(one.detail)}
                </Text>
              )}
            </Text>
            <Text size="xs" c="dimmed">
              {showMoment(locale, tenant.timeZone, one.receivedAt)}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
