import { Alert, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";

import { useSpeech } from "../../../lib/i18n";
import type { Lost } from "./lost";

interface LostNoticeProps {
  lost: Lost;
  name: string;
  /** Something was written that the server does not have. */
  unkept: boolean;
  onClose: () => void;
}

/** The wizard was closed, and this is why. */
export function LostNotice({ lost, name, unkept, onClose }: LostNoticeProps) {
  const { t } = useSpeech();
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconHandStop aria-hidden="true" />}
      title={t("desk.lost.title", { name })}
      withCloseButton
      closeButtonLabel={t("action.close")}
      onClose={onClose}
    >
      <Text size="sm">
        {"name" in lost
          ? t(`desk.lost.${lost.why}`, { name: lost.name })
          : t(`desk.lost.${lost.why}`)}
      </Text>
      <Text size="sm">{t(unkept ? "desk.lost.unkept" : "desk.lost.kept")}</Text>
    </Alert>
  );
}
