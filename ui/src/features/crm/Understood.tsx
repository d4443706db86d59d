import { Badge, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { PersonRead, ReceivedDetail, ReceivedWebhook } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Crm.module.css";
import { oneReceivedQuery } from "./queries";
import { linkingKey, STATE_COLORS, useDetailText } from "./words";

const FIELDS = ["contactId", "name", "email", "phone", "visitorId"] as const;

/** One webhook: what came, what Pista read in it, and what was done. */
export function WholeWebhook({ sourceId, id }: { sourceId: string; id: string }) {
  const { t } = useSpeech();
  const one = useQuery(oneReceivedQuery(sourceId, { id }));
  if (one.data === undefined) {
    return one.isError ? (
      <Failed error={one.error} onRetry={() => void one.refetch()} />
    ) : (
      <Skeleton height={200} />
    );
  }
  return (
    <div className={classes.columns}>
      <Stack gap="xs">
        <Text fw={560} size="sm">
          {t("crm.payload")}
        </Text>
        {one.data.hasBody ? (
          <pre className={classes.payload} tabIndex={0} aria-label={t("crm.payload")}>
            {JSON.stringify(one.data.payload, null, 2)}
          </pre>
        ) : (
          <Text size="sm" c="dimmed">
            {t("crm.noPayload")}
          </Text>
        )}
      </Stack>
      <Stack gap="xs">
        <Text fw={560} size="sm">
          {t("crm.understood")}
        </Text>
        {one.data.read !== null && <Understood read={one.data.read} />}
        <Outcome webhook={one.data} />
      </Stack>
    </div>
  );
}

/** Field by field what a payload says of a person. */
export function Understood({ read }: { read: PersonRead }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const detailText = useDetailText();
  if (typeof read.ignored === "string") {
    return <Text size="sm">{detailText(read.ignored)}</Text>;
  }
  return (
    <dl className={classes.fields}>
      {FIELDS.map((field) => (
        <Field key={field} label={t(`crm.field.${field}`)} value={read[field]} />
      ))}
      {typeof read.updatedAt === "string" && (
        <Field
          label={t("crm.field.updatedAt")}
          value={showMoment(locale, tenant.timeZone, read.updatedAt)}
        />
      )}
      {read.tags !== undefined && read.tags.length > 0 && (
        <Field label={t("crm.field.tags")} value={read.tags.join(", ")} />
      )}
      {Object.entries(read.attributes ?? {}).map(([name, value]) => (
        <Field key={name} label={name} value={String(value)} />
      ))}
    </dl>
  );
}

function Field({ label, value }: { label: string; value: string | null | undefined }) {
  const { t } = useSpeech();
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {value ?? <Text span inherit c="dimmed">{`— ${t("crm.field.none")}`}</Text>}
      </dd>
    </>
  );
}

/** What became of it, in words. */
export function Outcome({ webhook }: { webhook: ReceivedDetail | ReceivedWebhook }) {
  const { t } = useSpeech();
  const detailText = useDetailText();
  return (
    <Stack gap={4} role="status">
      <div>
        <StateBadge state={webhook.state} />
      </div>
      {webhook.detail !== null && <Text size="sm">{detailText(webhook.detail)}</Text>}
      {webhook.contactId !== null && (
        <Text size="sm">
          {t("crm.did.contact")}{" "}
          <LinkText
            to="/contacts/$contactId"
            params={{ contactId: webhook.contactId }}
            size="sm"
            underline="always"
          >
            {t("crm.openContact")}
          </LinkText>
        </Text>
      )}
      {webhook.linking !== null && (
        <Text size="sm">{t(linkingKey(webhook.linking))}</Text>
      )}
    </Stack>
  );
}

export function StateBadge({ state }: { state: ReceivedWebhook["state"] }) {
  const { t } = useSpeech();
  return (
    <Badge size="sm" variant="light" tt="none" color={STATE_COLORS[state]}>
      {t(`crm.state.${state}`)}
    </Badge>
  );
}
