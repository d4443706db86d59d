import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { useMe } from "../../api/queries";
import { FrontDoor } from "../../components/FrontDoor";
import { useSpeech } from "../../lib/i18n";
import { secondFactorQuery } from "./queries";
import { SecondFactor } from "./SecondFactor";

interface FactorFirstProps {
  preferences: ReactNode;
  onSignOut: () => void;
}

/** All there is for whoever has yet to set up the second factor that the company asks for. */
export function FactorFirst({ preferences, onSignOut }: FactorFirstProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const queries = useQueryClient();
  const state = useQuery(secondFactorQuery());
  return (
    <FrontDoor title={t("factor.first")} preferences={preferences}>
      <Title order={1} mt="xl">
        {t("factor.first")}
      </Title>
      <Text c="dimmed" size="sm" mt={4} mb="lg">
        {t("factor.firstHint", { company: tenant.name })}
      </Text>
      <Stack gap="md">
        <SecondFactor />
        <Group justify="space-between">
          <Button variant="subtle" onClick={onSignOut}>
            {t("user.signOut")}
          </Button>
          {state.data?.on === true && (
            <Button onClick={() => void queries.invalidateQueries()}>
              {t("factor.continue")}
            </Button>
          )}
        </Group>
      </Stack>
    </FrontDoor>
  );
}
