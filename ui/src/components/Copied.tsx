import { Code, Text } from "@mantine/core";

import { useSpeech } from "../lib/i18n";
import classes from "./Copied.module.css";
import { CopyButton } from "./CopyButton";

interface CopiedProps {
  what?: string;
  text: string;
  block?: boolean;
}

/** A text to be put elsewhere, with a button that takes it along. */
export function Copied({ what, text, block = false }: CopiedProps) {
  const { t } = useSpeech();
  return (
    <div className={classes.copy}>
      {what !== undefined && (
        <Text size="sm" c="dimmed" span>
          {what}
        </Text>
      )}
      <Code block={block}>{text}</Code>
      <CopyButton
        text={text}
        label={t("action.copy")}
        size="compact-sm"
        variant="default"
        aria-label={t("action.copyOf", { what: what ?? text })}
      />
    </div>
  );
}
