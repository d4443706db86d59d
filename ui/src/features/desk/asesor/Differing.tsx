import { Alert, Button, Group, Text } from "@mantine/core";
import { IconGitCompare } from "@tabler/icons-react";

import type { Answer, Answers } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";

interface DifferingProps {
  mine: Answers;
  theirs: Answers;
  onDecide: (which: "mine" | "theirs") => void;
}

/** Two windows wrote different things: nothing is kept before somebody says which it is. */
export function Differing({ mine, theirs, onDecide }: DifferingProps) {
  const { t } = useSpeech();
  const text = Object.entries(theirs)
    .filter(([name, value]) => JSON.stringify(mine[name]) !== JSON.stringify(value))
    .map(([, value]) => shown(value))
    .join(" · ");
  return (
    <Alert
      color="orange"
      variant="light"
      role="alert"
      mb="md"
      icon={<IconGitCompare aria-hidden="true" />}
      title={t("desk.differing.title")}
    >
      <Text size="sm" mb="sm">
        {t("desk.differing.text")}
      </Text>
      {text !== "" && (
        <Text size="sm" mb="sm" lineClamp={4}>
          {t("desk.differing.saved", { text })}
        </Text>
      )}
      <Group gap="xs">
        <Button size="compact-sm" onClick={() => onDecide("mine")}>
          {t("desk.differing.mine")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onDecide("theirs")}>
          {t("desk.differing.theirs")}
        </Button>
      </Group>
    </Alert>
  );
}

function shown(value: Answer): string {
  if (typeof value === "boolean") return value ? "✓" : "–";
  return Array.isArray(value) ? value.join(", ") : String(value ?? "–");
}
