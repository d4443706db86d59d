import { Alert, Button, Group, Modal, Stack, TagsInput, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import type { Site } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { useToasts } from "../../components/toasts";
import { useSpeech, type Translate } from "../../lib/i18n";
import { problemWith, tidied, type DomainsProblem } from "./domains";
import { useCreateSite, useUpdateSite } from "./mutations";

interface CreateSiteProps {
  opened: boolean;
  onClose: () => void;
  onCreated: (site: Site) => void;
}

export function CreateSite({ opened, onClose, onCreated }: CreateSiteProps) {
  const { t } = useSpeech();
  const create = useCreateSite();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("site.createTitle")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <SiteForm
        name=""
        domains={[]}
        send={t("site.create")}
        sending={create.isPending}
        error={create.error}
        onCancel={onClose}
        onSend={({ name, domains }) =>
          create.mutate(
            { name: name === "" ? undefined : name, domains },
            { onSuccess: onCreated },
          )
        }
      />
    </Modal>
  );
}

export function EditSite({ site, onClose }: { site: Site; onClose: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const update = useUpdateSite(site.id);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("site.editTitle")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <SiteForm
        name={site.name}
        domains={site.domains}
        send={t("action.save")}
        sending={update.isPending}
        error={update.error}
        onCancel={onClose}
        onSend={({ name, domains }) =>
          update.mutate(
            { name: name === "" ? undefined : name, domains },
            {
              onSuccess: () => {
                toasts.saved();
                onClose();
              },
            },
          )
        }
      />
    </Modal>
  );
}

interface SiteFormProps {
  name: string;
  domains: readonly string[];
  send: string;
  sending: boolean;
  error: Error | null;
  onSend: (site: { name: string; domains: string[] }) => void;
  onCancel: () => void;
}

function SiteForm(props: SiteFormProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const [name, setName] = useState(props.name);
  const [domains, setDomains] = useState<string[]>([...props.domains]);
  const [tried, setTried] = useState(false);
  const problem = problemWith(domains);
  // An empty list is no mistake before somebody has tried to send it.
  const shown = tried || problem?.kind !== "missing" ? problem : null;

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (problem !== null || props.sending) return;
    props.onSend({ name: name.trim(), domains });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {props.error !== null && (
          <Alert color="red" variant="light" role="alert">
            {errorText(props.error)}
          </Alert>
        )}
        <TagsInput
          label={t("site.domains")}
          description={t("site.domainsHint")}
          placeholder={domains.length === 0 ? "tienda.com" : undefined}
          value={domains}
          onChange={(next) => setDomains(tidied(next))}
          maxTags={50}
          splitChars={[",", " ", ";"]}
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          error={shown !== null && say(t, shown)}
          data-autofocus
        />
        <TextInput
          label={t("site.name")}
          description={t("site.nameHint")}
          placeholder={t("site.namePlaceholder")}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onCancel}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={props.sending}>
            {props.send}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function say(t: Translate, problem: DomainsProblem): string {
  switch (problem.kind) {
    case "missing":
      return t("site.domainsMissing");
    case "wrong":
      return t("site.domainsWrong", { domain: problem.domain });
    case "star_alone":
      return t("site.starAlone");
  }
}
