import { Badge, Button, Skeleton, Text } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ApiKey } from "../../api/model";
import { useMe } from "../../api/queries";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { Sure } from "../../components/Sure";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "../../components/Rows.module.css";
import { MakeKey } from "./MakeKey";
import { keysQuery, useRevokeKey } from "./queries";

/** The keys with which programs call the API. */
export function KeysScreen() {
  const { t } = useSpeech();
  const keys = useQuery(keysQuery());
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const retry = () => void keys.refetch();
  const { data } = keys;

  return (
    <Page
      title={t("keys.title")}
      intro={t("keys.intro")}
      actions={
        <Button
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => setMaking(true)}
        >
          {t("keys.new")}
        </Button>
      }
    >
      {keys.isError && data !== undefined && <Stale onRetry={retry} />}
      <Panel flush title={t("keys.list")}>
        {keys.isPending && <Skeleton height={120} />}
        {keys.isError && data === undefined && (
          <Failed error={keys.error} onRetry={retry} />
        )}
        {data?.items.length === 0 && (
          <Empty
            icon={<IconKey size={28} />}
            title={t("keys.empty")}
            text={t("keys.emptyHint")}
          />
        )}
        {data !== undefined && data.items.length > 0 && (
          <ul className={classes.list}>
            {data.items.toReversed().map((key) => (
              <KeyRow key={key.id} apiKey={key} onRevoke={setRevoking} />
            ))}
          </ul>
        )}
      </Panel>
      <MakeKey opened={making} onClose={() => setMaking(false)} />
      <Revoke apiKey={revoking} onClose={() => setRevoking(undefined)} />
    </Page>
  );
}

interface KeyRowProps {
  apiKey: ApiKey;
  onRevoke: (key: ApiKey) => void;
}

function KeyRow({ apiKey, onRevoke }: KeyRowProps) {
  const { t } = useSpeech();
  return (
    <li className={classes.row} aria-label={apiKey.name}>
      <div>
        <div className={classes.name}>
          <Text fw={560} size="sm">
            {apiKey.name}
          </Text>
          {apiKey.scopes.map((scope) => (
            <Badge key={scope} size="sm" variant="default" tt="none">
              {t(`keys.scope.${scope}`)}
            </Badge>
          ))}
        </div>
        <Text size="xs" c="dimmed">
          <Life apiKey={apiKey} />
        </Text>
      </div>
      {apiKey.revokedAt === null && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("keys.revokeOf", { name: apiKey.name })}
          onClick={() => onRevoke(apiKey)}
        >
          {t("keys.revoke")}
        </Button>
      )}
    </li>
  );
}

function Life({ apiKey: { revokedAt, lastUsedAt } }: { apiKey: ApiKey }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const time = (moment: string) => showMoment(locale, tenant.timeZone, moment);
  if (revokedAt !== null) return t("keys.revoked", { time: time(revokedAt) });
  return lastUsedAt === null
    ? t("keys.unused")
    : t("keys.used", { time: time(lastUsedAt) });
}

interface RevokeProps {
  /** Absent while nobody asks. */
  apiKey: ApiKey | undefined;
  onClose: () => void;
}

function Revoke({ apiKey, onClose }: RevokeProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const revoke = useRevokeKey();
  return (
    <Sure
      opened={apiKey !== undefined}
      title={t("keys.revokeOf", { name: apiKey?.name ?? "" })}
      text={t("keys.revokeSure")}
      label={t("keys.revoke")}
      danger
      pending={revoke.isPending}
      onSure={() => {
        if (apiKey === undefined) return;
        revoke.mutate(apiKey.id, { onSuccess: onClose, onError: toasts.failed });
      }}
      onClose={onClose}
    />
  );
}
