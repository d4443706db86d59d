import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import { useSpeech } from "../../lib/i18n";
import { WEEKS, type Weeks } from "./queries";

/** A phone has room for one week. */
export function useWeeks(): [Weeks, (weeks: Weeks) => void] {
  return useState<Weeks>(() =>
    window.matchMedia("(max-width: 48em)").matches ? "1" : "2",
  );
}

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
