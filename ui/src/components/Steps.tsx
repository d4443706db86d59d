import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./Steps.module.css";

/** What is to be done one thing after the other, numbered. */
export function Steps({ children }: { children: ReactNode }) {
  return <ol className={classes.steps}>{children}</ol>;
}

interface StepProps {
  title: string;
  text: string;
  children?: ReactNode;
}

export function Step({ title, text, children }: StepProps) {
  return (
    <li className={classes.step}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        {children}
      </Stack>
    </li>
  );
}
