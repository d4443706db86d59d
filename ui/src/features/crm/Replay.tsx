import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { ListedSource } from "../../api/model";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { receivedQuery, useReplay } from "./queries";

/** What came before the mapping was right is worked off by it. */
export function Replay({ source }: { source: ListedSource }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const received = useQuery(receivedQuery(source.id));
  const replay = useReplay(source.id);
  const ids = (received.data?.items ?? [])
    .filter((one) => one.hasBody && (one.state === "done" || one.state === "ignored"))
    .map((one) => one.id);
  if (ids.length === 0) return null;
  return (
    <Button
      variant="default"
      loading={replay.isPending}
      onClick={() =>
        replay.mutate(ids, {
          onSuccess: ({ count }) => toasts.say(t("crm.replayed", { count })),
          onError: toasts.failed,
        })
      }
    >
      {t("crm.replay", { count: ids.length })}
    </Button>
  );
}
