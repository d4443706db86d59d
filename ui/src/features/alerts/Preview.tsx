import { Skeleton, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChartLine } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { memo } from "react";

import { Answer } from "../../components/Answer";
import { Panel } from "../../components/Panel";
import { Empty } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
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
  return (
    <Panel
      title={t("alert.preview")}
      actions={<WeeksChoice weeks={weeks} onWeeks={setWeeks} />}
    >
      <Answer query={preview} waiting={<Skeleton height={320} />}>
        {(data) =>
          draft.kind !== "silence" && data.points.every(({ actual }) => actual === 0) ? (
            <Empty
              icon={<IconChartLine size={28} />}
              title={t("alert.noPast")}
              text={t("alert.noPastHint")}
            />
          ) : (
            <div>
              {!isComplete(settled) && (
                <Text size="sm" fw={560}>
                  {t("alert.chooseLimit")}
                </Text>
              )}
              <WatchPlot history={data} rule={settled} supposed />
            </div>
          )
        }
      </Answer>
    </Panel>
  );
});
