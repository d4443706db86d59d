import { Box, Group, Text, Title } from "@mantine/core";
import { useId, type ReactNode } from "react";

import classes from "./Panel.module.css";

interface PanelProps {
  title?: string;
  hint?: ReactNode;
  actions?: ReactNode;
  /** Without space around what it holds, for tables and the like. */
  flush?: boolean;
  children: ReactNode;
}

/** A part of a page on a surface of its own. */
export function Panel({ title, hint, actions, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section
      className={classes.panel}
      data-flush={flush || undefined}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {(title !== undefined || actions !== undefined) && (
        <Group
          className={classes.head}
          justify="space-between"
          align="flex-start"
          gap="sm"
        >
          <Box>
            <Title order={2} id={id}>
              {title}
            </Title>
            {hint !== undefined && (
              <Text component="div" size="sm" c="dimmed">
                {hint}
              </Text>
            )}
          </Box>
          {actions}
        </Group>
      )}
      {children}
    </section>
  );
}
