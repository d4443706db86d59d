import { Alert, Button, Group, Text } from "@mantine/core";
import { IconGitCompare } from "@tabler/icons-react";

import { useSpeech } from "../../../lib/i18n";

interface DifferingProps {
  onDecide: (which: "mine" | "theirs") => void;
}

/** Two windows wrote different things: nothing is kept before somebody says which it is. */
export function Differing({ onDecide }: DifferingProps) {
  const { t } = useSpeech();
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
