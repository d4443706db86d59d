import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import { useMe } from "../../api/queries";
import { Panel } from "../../components/Panel";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { DomainProof } from "./DomainProof";
import { domainsQuery, useAddDomain, useDropDomain } from "./queries";

const EXAMPLE = "go.tienda.com";
/** Or a whole address that was pasted: the server takes its domain. */
const DOMAIN = /^\S+\.\S+$/;

/** The company's own domains, for whoever may say which. */
export function Domains() {
  const { t } = useSpeech();
  const { user } = useMe();
  const toasts = useToasts();
  const domains = useQuery(domainsQuery()).data?.items ?? [];
  const drop = useDropDomain();
  if (user.role !== "admin") return null;
  return (
    <Panel title={t("adLinks.domains")} hint={t("adLinks.domainsHint")}>
      <Stack gap="sm">
        {domains.map((one) => (
          <Stack key={one.domain} gap="xs">
            <Group gap="sm">
              <Text size="sm" fw={560}>
                {one.domain}
              </Text>
              <Text size="sm" c="dimmed">
                {one.provenAt === null
                  ? t("adLinks.domainUnproven")
                  : t("adLinks.domainLinks", { n: one.links })}
              </Text>
              {one.links === 0 && (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={t("adLinks.domainDrop", { domain: one.domain })}
                  onClick={() => drop.mutate(one.domain, { onError: toasts.failed })}
                >
                  <IconTrash size={16} aria-hidden="true" />
                </ActionIcon>
              )}
            </Group>
            {one.provenAt === null && <DomainProof domain={one} />}
          </Stack>
        ))}
        <AddDomain />
      </Stack>
    </Panel>
  );
}

function AddDomain() {
  const { t } = useSpeech();
  const toasts = useToasts();
  const add = useAddDomain();
  const [domain, setDomain] = useState("");
  const [tried, setTried] = useState(false);
  const good = DOMAIN.test(domain.trim());

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (!good || add.isPending) return;
    add.mutate(domain.trim(), {
      onError: toasts.failed,
      onSuccess: () => {
        toasts.saved();
        setDomain("");
        setTried(false);
      },
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Group align="flex-start" gap="sm">
        <TextInput
          aria-label={t("adLinks.field.domain")}
          placeholder={EXAMPLE}
          autoComplete="off"
          value={domain}
          onChange={(event) => setDomain(event.currentTarget.value)}
          error={tried && !good && t("adLinks.wrong.domain")}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t("adLinks.domainAdd")}
        </Button>
      </Group>
    </form>
  );
}
