import { Badge } from "@mantine/core";
import {
  IconBellRinging,
  IconCircleCheck,
  IconHourglassHigh,
  IconPlayerPause,
  type Icon,
} from "@tabler/icons-react";

import type { AlertRule } from "../../api/model";
import { useSpeech } from "../../lib/i18n";

type State = AlertRule["state"];

const LOOKS: Record<State, { icon: Icon; color: string }> = {
  ok: { icon: IconCircleCheck, color: "teal" },
  firing: { icon: IconBellRinging, color: "#c2281f" },
  learning: { icon: IconHourglassHigh, color: "petrol" },
  paused: { icon: IconPlayerPause, color: "gray" },
};

/** How a rule is doing: in a colour, a sign and a word. */
export function StateBadge({ state }: { state: State }) {
  const { t } = useSpeech();
  const { icon: Sign, color } = LOOKS[state];
  return (
    <Badge
      color={color}
      variant={state === "firing" ? "filled" : "light"}
      leftSection={<Sign size={13} aria-hidden="true" />}
      tt="none"
      fw={560}
      size="md"
      data-state={state}
    >
      {t(`alert.state.${state}`)}
    </Badge>
  );
}
