import { Box, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./Page.module.css";

interface PageProps {
  title: string;
  intro?: ReactNode;
  /** What can be done with the whole page: buttons, filters. */
  actions?: ReactNode;
  /** As wide as the window, for what is worked in all day. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of every screen: one heading, what it is for, what it shows. */
export function Page({ title, intro, actions, wide = false, children }: PageProps) {
  return (
    <Stack className={classes.page} data-wide={wide || undefined} gap="lg">
      <title>{`${title} · Pista`}</title>
      <Group justify="space-between" align="flex-end" gap="md" component="header">
        <Box>
          <Title order={1}>{title}</Title>
          {intro !== undefined && (
            <Text component="div" c="dimmed" size="sm" mt={4} maw={640}>
              {intro}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}
