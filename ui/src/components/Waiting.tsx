import { Skeleton } from "@mantine/core";

import { useSpeech } from "../lib/i18n";
import { Panel } from "./Panel";

/** Panels of these heights are on their way. */
export function Waiting({ heights }: { heights: readonly number[] }) {
  const { t } = useSpeech();
  return (
    <>
      <span className="visually-hidden" role="status">
        {t("state.loading")}
      </span>
      {heights.map((height) => (
        <Panel key={height}>
          <Skeleton height={height} />
        </Panel>
      ))}
    </>
  );
}
