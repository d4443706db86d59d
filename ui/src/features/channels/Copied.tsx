import { Code, Text } from "@mantine/core";

import { CopyButton } from "../../components/CopyButton";
import { useSpeech } from "../../lib/i18n";
import classes from "./Channels.module.css";

/** A text to be entered elsewhere, with a button that takes it along. */
export function Copied({ what, text }: { what: string; text: string }) {
  const { t } = useSpeech();
  return (
    <div className={classes.copy}>
      <Text size="sm" c="dimmed" span>
        {what}
      </Text>
      <Code>{text}</Code>
      <CopyButton
        text={text}
        label={t("channels.copy")}
        size="compact-sm"
        variant="default"
        aria-label={t("channels.copyOf", { what })}
      />
    </div>
  );
}
