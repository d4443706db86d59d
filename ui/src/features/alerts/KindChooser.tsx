import { Radio, SimpleGrid, Text } from "@mantine/core";
import { IconGauge, IconWaveSine, IconZzz, type Icon } from "@tabler/icons-react";

import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import classes from "./Alerts.module.css";
import { KINDS, type Kind } from "./rules";

export const KIND_ICONS: Record<Kind, Icon> = {
  silence: IconZzz,
  threshold: IconGauge,
  anomaly: IconWaveSine,
};

interface KindChooserProps {
  kind: Kind;
  onKind: (kind: Kind) => void;
}

export function KindChooser({ kind, onKind }: KindChooserProps) {
  const { t } = useSpeech();
  return (
    <Radio.Group
      label={t("alert.when")}
      value={kind}
      onChange={(next) => onKind(oneOf(KINDS, next) ?? kind)}
    >
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs" mt={4}>
        {KINDS.map((one) => {
          const Sign = KIND_ICONS[one];
          return (
            <Radio.Card key={one} value={one} className={classes.kind}>
              <span className={classes.kindHead}>
                <Sign size={19} aria-hidden="true" />
                <Text span fw={600} size="sm">
                  {t(`alert.kind.${one}`)}
                </Text>
                <Radio.Indicator size="xs" className={classes.indicator} />
              </span>
              <Text span size="xs" c="dimmed">
                {t(`alert.kindHint.${one}`)}
              </Text>
            </Radio.Card>
          );
        })}
      </SimpleGrid>
    </Radio.Group>
  );
}
