import { Button, Modal, Text } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ListedSource, ReceivedWebhook } from "../../api/model";
import { useMe } from "../../api/queries";
import { Listed } from "../../components/Listed";
import { Panel } from "../../components/Panel";
import rows from "../../components/Rows.module.css";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { receivedQuery, useRetryReceived } from "./queries";
import { StateBadge, WholeWebhook } from "./Understood";
import { linkingKey, useDetailText } from "./words";

/** What a source sent, and what became of it. */
export function Received({ source }: { source: ListedSource }) {
  const { t } = useSpeech();
  const received = useQuery(receivedQuery(source.id));
  const [shown, setShown] = useState<string>();
  return (
    <Panel flush title={t("crm.received")} hint={t("crm.receivedHint")}>
      <Listed
        query={received}
        empty={{
          icon: <IconWebhook size={28} />,
          title: t("crm.receivedNone"),
          text: t("crm.receivedNoneHint"),
        }}
        row={(one) => <Row key={one.id} source={source} one={one} onShow={setShown} />}
      />
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="xl"
        title={t("crm.payload")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {shown !== undefined && <WholeWebhook sourceId={source.id} id={shown} />}
      </Modal>
    </Panel>
  );
}

interface RowProps {
  source: ListedSource;
  one: ReceivedWebhook;
  onShow: (id: string) => void;
}

function Row({ source, one, onShow }: RowProps) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const detailText = useDetailText();
  const retry = useRetryReceived(source.id);
  const time = showMoment(locale, tenant.timeZone, one.receivedAt);
  return (
    <li className={rows.row}>
      <div className={rows.main}>
        <div className={rows.name}>
          <Text size="sm" span>
            {time}
          </Text>
          <StateBadge state={one.state} />
        </div>
        {(one.detail !== null || one.linking !== null) && (
          <Text size="xs" c="dimmed">
            {one.detail === null
              ? t(linkingKey(one.linking ?? ""))
              : detailText(one.detail)}
          </Text>
        )}
      </div>
      {one.state === "failed" && (
        <Button
          size="compact-sm"
          loading={retry.isPending}
          aria-label={t("crm.retryOf", { time })}
          onClick={() =>
            retry.mutate(one.id, {
              onSuccess: () => toasts.say(t("crm.retried")),
              onError: toasts.failed,
            })
          }
        >
          {t("crm.retry")}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("crm.showOf", { time })}
        onClick={() => onShow(one.id)}
      >
        {t("crm.show")}
      </Button>
    </li>
  );
}
