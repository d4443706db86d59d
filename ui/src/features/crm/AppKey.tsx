import { Alert, Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { ListedSource } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useChangeSource } from "./queries";

/** Whose signature counts, and for which location. */
export function AppKey({ source }: { source: ListedSource }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const errorText = useErrorText();
  const change = useChangeSource(source.id);
  const [location, setLocation] = useState(source.locationId ?? "");
  const [publicKey, setPublicKey] = useState(source.publicKey ?? "");

  function save(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    change.mutate(
      {
        locationId: location.trim() === "" ? null : location.trim(),
        publicKey: publicKey.trim() === "" ? null : publicKey.trim(),
      },
      { onSuccess: toasts.saved },
    );
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="sm" maw={520}>
        {change.isError && (
          <Alert color="red" variant="light" role="alert">
            {errorText(change.error)}
          </Alert>
        )}
        <TextInput
          label={t("crm.location")}
          value={location}
          autoComplete="off"
          onChange={(event) => setLocation(event.currentTarget.value)}
        />
        <Textarea
          label={t("crm.publicKey")}
          value={publicKey}
          rows={2}
          onChange={(event) => setPublicKey(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t("action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
