import { Skeleton, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChartLine } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { memo } from "react";

import { Panel } from "../../components/Panel";
import { Empty, Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import classes from "./Alerts.module.css";
import { previewQuery } from "./queries";
import { isComplete, previewOf, type Draft } from "./rules";
import { WatchPlot } from "./WatchPlot";
import { useWeeks, WeeksChoice } from "./WeeksChoice";

/**
 * What a rule would have done in the past weeks, drawn while it is being written: not again
 * at each letter of its name.
 */
export const Preview = memo(function Preview({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const [settled] = useDebouncedValue(draft, 350);
  const [weeks, setWeeks] = useWeeks();
  const preview = useQuery(previewQuery(previewOf(settled), weeks));
  const { data } = preview;
  const nothing = data?.points.every(({ actual }) => actual === 0) === true;
  return (
    <Panel
      title={t("alert.preview")}
      actions={<WeeksChoice weeks={weeks} onWeeks={setWeeks} />}
    >
      {preview.isPending && <Skeleton height={320} />}
      {preview.isError && data === undefined && (
        <Failed error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {data !== undefined &&
        (nothing && draft.kind !== "silence" ? (
          <Empty
            icon={<IconChartLine size={28} />}
            title={t("alert.noPast")}
            text={t("alert.noPastHint")}
          />
        ) : (
          <div
            className={classes.fading}
            data-fading={preview.isPlaceholderData || undefined}
            aria-busy={preview.isPlaceholderData}
          >
            {!isComplete(settled) && (
              <Text size="sm" fw={560}>
                {t("alert.chooseLimit")}
              </Text>
            )}
            <WatchPlot history={data} rule={settled} supposed />
          </div>
        ))}
    </Panel>
  );
});
