import { Alert, Box, Button, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCloudOff, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { useErrorText } from "./errors";
import classes from "./States.module.css";
import { useSpeech } from "../lib/i18n";

interface EmptyProps {
  icon: ReactNode;
  title: string;
  text?: string;
  /** A page of its own has the first heading. */
  order?: 1 | 2;
  /** What to do next. */
  action?: ReactNode;
}

/** There is nothing here yet, and this is what to do about it. */
export function Empty({ icon, title, text, order = 2, action }: EmptyProps) {
  return (
    <Stack className={classes.state} align="center" gap="xs">
      <Box className={classes.icon} aria-hidden="true">
        {icon}
      </Box>
      <Title order={order} size="h2" ta="center">
        {title}
      </Title>
      {text !== undefined && (
        <Text c="dimmed" size="sm" ta="center" maw={440}>
          {text}
        </Text>
      )}
      {action !== undefined && <Box mt="sm">{action}</Box>}
    </Stack>
  );
}

interface FailedProps {
  error: unknown;
  onRetry: () => void;
}

/** A part that could not be loaded and has nothing older to show. */
export function Failed({ error, onRetry }: FailedProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  return (
    <Stack className={classes.state} align="center" gap="xs" role="alert">
      <Box className={classes.icon} data-bad aria-hidden="true">
        <IconCloudOff size={26} />
      </Box>
      <Title order={2}>{t("state.failed")}</Title>
      <Text c="dimmed" size="sm" ta="center" maw={440}>
        {errorText(error)}
      </Text>
      <Button
        mt="sm"
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden="true" />}
        onClick={onRetry}
      >
        {t("action.retry")}
      </Button>
    </Stack>
  );
}

/** The data on the screen stay, and a line says that they are old. */
export function Stale({ onRetry }: { onRetry: () => void }) {
  const { t } = useSpeech();
  return (
    <Alert
      color="yellow"
      variant="light"
      p="xs"
      role="status"
      icon={<IconAlertTriangle aria-hidden="true" />}
    >
      <Text size="sm" component="span" mr="sm">
        {t("state.stale")}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t("action.retry")}
      </Button>
    </Alert>
  );
}
