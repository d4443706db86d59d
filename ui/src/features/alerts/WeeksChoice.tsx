import { SegmentedControl } from "@mantine/core";

import { useSpeech } from "../../lib/i18n";
import { WEEKS, type Weeks } from "./queries";

interface WeeksChoiceProps {
  weeks: Weeks;
  onWeeks: (weeks: Weeks) => void;
}

/** How far back a plot looks. */
export function WeeksChoice({ weeks, onWeeks }: WeeksChoiceProps) {
  const { t } = useSpeech();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("filter.range")}
      data={WEEKS.map((value) => ({
        value,
        label: t("alert.weeks", { count: Number(value) }),
      }))}
      value={weeks}
      onChange={onWeeks}
    />
  );
}
