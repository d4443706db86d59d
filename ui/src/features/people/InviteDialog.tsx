import { Alert, Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { AccessLink, NewInvite } from "../../api/model";
import { useMe } from "../../api/queries";
import { useErrorText } from "../../components/errors";
import { OnceShown } from "../../components/OnceShown";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { useInvite } from "./queries";
import { useRoles } from "./roles";

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** An e-mail and a role; then the link, once. */
export function InviteDialog({ opened, onClose }: InviteDialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("people.inviteTitle")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && <Steps onClose={onClose} />}
    </Modal>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const [made, setMade] = useState<AccessLink & { email: string }>();
  if (made === undefined) {
    return (
      <Form onClose={onClose} onMade={(link, { email }) => setMade({ ...link, email })} />
    );
  }
  const time = showMoment(locale, tenant.timeZone, made.expiresAt);
  return (
    <Stack gap="md">
      <OnceShown
        label={t("people.link")}
        text={made.link}
        copy={t("people.copyLink")}
        hint={t("people.inviteMade", { email: made.email, time })}
      />
      <Button variant="default" onClick={onClose}>
        {t("people.done")}
      </Button>
    </Stack>
  );
}

interface FormProps {
  onMade: (made: AccessLink, wanted: NewInvite) => void;
  onClose: () => void;
}

function Form({ onMade, onClose }: FormProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const roles = useRoles();
  const invite = useInvite();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<NewInvite["role"]>("asesor");
  const [tried, setTried] = useState(false);
  const missing = !email.includes("@");

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (missing || invite.isPending) return;
    const wanted = { email: email.trim(), role };
    invite.mutate(wanted, { onSuccess: (made) => onMade(made, wanted) });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {invite.isError && (
          <Alert color="red" variant="light" role="alert">
            {errorText(invite.error)}
          </Alert>
        )}
        <TextInput
          type="email"
          label={t("signIn.email")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={tried && missing && t("signIn.emailMissing")}
          data-autofocus
        />
        <Radio.Group
          label={t("people.role")}
          value={role}
          onChange={(next) => setRole(next)}
        >
          <Stack gap="xs" mt={6}>
            {roles.map(({ value, label }) => (
              <Radio
                key={value}
                value={value}
                label={label}
                description={t(`people.may.${value}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t("people.makeLink")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
