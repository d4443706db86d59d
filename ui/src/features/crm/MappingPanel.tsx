import { Skeleton, Stack } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { ListedSource } from "../../api/model";
import { Copied } from "../../components/Copied";
import { Panel } from "../../components/Panel";
import { Empty, Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { MappingEditor } from "./MappingEditor";
import { SECRET_HEADER } from "./payload";
import { lastPayloadQuery } from "./queries";
import { SaleMapping } from "./SaleMapping";

interface MappingPanelProps {
  source: ListedSource;
  secret: string | undefined;
}

/** Where a system sends to, and which of its values is which. */
export function MappingPanel({ source, secret }: MappingPanelProps) {
  const { t } = useSpeech();
  const last = useQuery(lastPayloadQuery(source.id));
  return (
    <Panel title={t("crm.mapping")} hint={t("crm.mappingHint")}>
      <Stack gap="md">
        <Stack gap="xs">
          <Copied what={t("crm.step.url")} text={`${location.origin}${source.path}`} />
          <Copied what={t("crm.step.header")} text={SECRET_HEADER} />
          {secret !== undefined && <Copied what={t("crm.step.value")} text={secret} />}
        </Stack>
        {last.isPending && <Skeleton height={240} />}
        {last.isError && last.data === undefined && (
          <Failed error={last.error} onRetry={() => void last.refetch()} />
        )}
        {last.data?.receivedAt === null && (
          <Empty
            icon={<IconBraces size={28} />}
            title={t("crm.mappingNone")}
            text={t("crm.mappingNoneHint")}
          />
        )}
        {typeof last.data?.receivedAt === "string" &&
          (source.kind === "sale" ? (
            <SaleMapping source={source} payload={last.data.payload} />
          ) : (
            <MappingEditor source={source} payload={last.data.payload} />
          ))}
      </Stack>
    </Panel>
  );
}
