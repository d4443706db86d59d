import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { FactorSetup } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { useSpeech } from "../../lib/i18n";
import { useConfirmFactor } from "./queries";

interface SetUpProps {
  setup: FactorSetup;
  onDone: (recoveryCodes: string[]) => void;
}

/** The picture for the app, and the code that shows that it was read. */
export function SetUp({ setup, onDone }: SetUpProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const confirm = useConfirmFactor();
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (code.trim() === "" || confirm.isPending) return;
    confirm.mutate(code, { onSuccess: ({ codes }) => onDone(codes) });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {confirm.isError && (
          <Alert color="red" variant="light" role="alert">
            {errorText(confirm.error)}
          </Alert>
        )}
        <Text size="sm">{t("factor.scan")}</Text>
        <Picture rows={setup.qr} />
        <TextInput
          label={t("factor.secret")}
          value={setup.secret}
          readOnly
          ff="monospace"
          onFocus={(event) => event.currentTarget.select()}
        />
        <TextInput
          label={t("factor.code")}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={tried && code.trim() === "" && t("factor.codeMissing")}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button type="submit" loading={confirm.isPending}>
            {t("factor.switchOn")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Dark on white in every theme, with the quiet zone that readers need. */
function Picture({ rows }: { rows: readonly string[] }) {
  const { t } = useSpeech();
  const side = rows.length + 8;
  const path = rows
    .flatMap((row, y) =>
      Array.from(row, (dark, x) =>
        dark === "1" ? `M${String(x + 4)} ${String(y + 4)}h1v1h-1z` : "",
      ),
    )
    .join("");
  return (
    <svg
      role="img"
      aria-label={t("factor.picture")}
      viewBox={`0 0 ${String(side)} ${String(side)}`}
      width="220"
      height="220"
      shapeRendering="crispEdges"
      style={{ alignSelf: "center", maxWidth: "100%", background: "#fff" }}
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
