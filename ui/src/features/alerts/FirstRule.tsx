import { SimpleGrid, Stack, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";

import { LinkButton } from "../../components/links";
import { Empty } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import classes from "./Alerts.module.css";
import { KIND_ICONS } from "./KindChooser";
import { KINDS } from "./rules";

/** No rule yet: what there could be. */
export function FirstRule({ mayChange }: { mayChange: boolean }) {
  const { t } = useSpeech();
  return (
    <>
      <Empty
        icon={<IconBell size={28} />}
        title={t("alert.none")}
        text={t(mayChange ? "alert.noneHint" : "alert.noneHintReader")}
      />
      {mayChange && (
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          {KINDS.map((kind) => {
            const Sign = KIND_ICONS[kind];
            return (
              <Stack key={kind} gap={6} className={classes.idea}>
                <Sign size={22} aria-hidden="true" />
                <Text fw={600} size="sm">
                  {t(`alert.kind.${kind}`)}
                </Text>
                <Text size="sm" c="dimmed" style={{ flex: 1 }}>
                  {t(`alert.kindHint.${kind}`)}
                </Text>
                <LinkButton
                  to="/alerts/new"
                  search={{ kind }}
                  variant="light"
                  aria-label={t("alert.beginWith", { kind: t(`alert.kind.${kind}`) })}
                >
                  {t("alert.begin")}
                </LinkButton>
              </Stack>
            );
          })}
        </SimpleGrid>
      )}
    </>
  );
}
