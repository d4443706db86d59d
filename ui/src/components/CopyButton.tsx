import { Button, type ButtonProps } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

import { useSpeech } from "../lib/i18n";

interface CopyButtonProps extends Omit<ButtonProps, "children"> {
  text: string;
  label: string;
}

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label, ...button }: CopyButtonProps) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(): Promise<void> {
    await copyText(text);
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2000);
  }

  return (
    <Button
      {...button}
      color={copied ? "teal" : button.color}
      leftSection={
        copied ? (
          <IconCheck size={16} aria-hidden="true" />
        ) : (
          <IconCopy size={16} aria-hidden="true" />
        )
      }
      onClick={() => void copy()}
    >
      <span aria-live="polite">{copied ? t("action.copied") : label}</span>
    </Button>
  );
}

/** The clipboard is missing on plain http, which is how many first look at Pista. */
async function copyText(text: string): Promise<void> {
  if ("clipboard" in navigator) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // Refused, for instance inside a frame: the old way may still be allowed.
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else works on plain http
  document.execCommand("copy");
  area.remove();
}
