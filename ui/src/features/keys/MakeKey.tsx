import { Alert, Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { MakeApiKey } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { OnceShown } from "../../components/OnceShown";
import { useSpeech } from "../../lib/i18n";
import { useMakeKey } from "./queries";

const SCOPES = [
  "stats:read",
  "sales:write",
  "admin",
] as const satisfies readonly MakeApiKey["scopes"][number][];

interface MakeKeyProps {
  opened: boolean;
  onClose: () => void;
}

/** A name and what it may do; then the key, once. */
export function MakeKey({ opened, onClose }: MakeKeyProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("keys.new")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && <Steps onClose={onClose} />}
    </Modal>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const { t } = useSpeech();
  const [made, setMade] = useState<string>();
  if (made === undefined) return <Form onMade={setMade} onClose={onClose} />;
  return (
    <Stack gap="md">
      <OnceShown
        label={t("keys.key")}
        text={made}
        copy={t("keys.copy")}
        hint={t("keys.made")}
      />
      <Button variant="default" onClick={onClose}>
        {t("people.done")}
      </Button>
    </Stack>
  );
}

interface FormProps {
  onMade: (key: string) => void;
  onClose: () => void;
}

function Form({ onMade, onClose }: FormProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const make = useMakeKey();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["stats:read"]);
  const [tried, setTried] = useState(false);
  const nameless = name.trim() === "";
  const wanted = SCOPES.filter((scope) => scopes.includes(scope));

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (nameless || wanted.length === 0 || make.isPending) return;
    make.mutate(
      { name: name.trim(), scopes: wanted },
      { onSuccess: ({ key }) => onMade(key) },
    );
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {make.isError && (
          <Alert color="red" variant="light" role="alert">
            {errorText(make.error)}
          </Alert>
        )}
        <TextInput
          label={t("keys.name")}
          description={t("keys.nameHint")}
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && nameless && t("keys.nameMissing")}
          data-autofocus
        />
        <Checkbox.Group
          label={t("keys.scopes")}
          value={scopes}
          onChange={setScopes}
          error={tried && wanted.length === 0 && t("keys.scopeMissing")}
        >
          <Stack gap="xs" mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`keys.scope.${scope}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("keys.new")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
