import {
  Alert,
  Button,
  Group,
  Select,
  Skeleton,
  Stack,
  Switch,
  Text,
  Textarea,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import type { Site, SiteForms } from "../../api/model";
import { useMe } from "../../api/queries";
import { Failed } from "../../components/States";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import {
  type Asked,
  isComplete,
  LANGUAGES,
  noticesOf,
  siteFormsQuery,
  useChangeSiteForms,
} from "./forms";

const BASES = ["consent", "contract", "legitimate_interest"] as const;

/** Whether forms of the site make contacts: what is taken, on which basis, and what visitors are told. */
export function Forms({ site, mayChange }: { site: Site; mayChange: boolean }) {
  const { t } = useSpeech();
  const forms = useQuery(siteFormsQuery(site.id));
  return (
    <section>
      <Title order={3}>{t("forms.title")}</Title>
      <Text size="sm" c="dimmed">
        {t("forms.intro")}
      </Text>
      <Text size="sm" mt="xs" mb="md">
        {t("forms.taken")}
      </Text>
      {forms.isPending && <Skeleton height={120} radius="md" />}
      {forms.isError && forms.data === undefined && (
        <Failed error={forms.error} onRetry={() => void forms.refetch()} />
      )}
      {forms.data !== undefined && (
        <FormsForm site={site} forms={forms.data} mayChange={mayChange} />
      )}
    </section>
  );
}

interface FormsFormProps {
  site: Site;
  forms: SiteForms;
  mayChange: boolean;
}

function FormsForm({ site, forms, mayChange }: FormsFormProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const change = useChangeSiteForms(site.id);
  const [asked, setAsked] = useState<Asked>(() => ({
    enabled: forms.enabled,
    basis: forms.basis,
    notices: noticesOf(forms, tenant.name),
  }));
  const [tried, setTried] = useState(false);
  const missing = asked.enabled && !isComplete(asked);

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (missing || change.isPending) return;
    change.mutate(asked, { onSuccess: toasts.saved, onError: toasts.failed });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={640}>
        <Switch
          label={t("forms.enabled")}
          checked={asked.enabled}
          disabled={!mayChange}
          onChange={({ currentTarget }) =>
            setAsked({ ...asked, enabled: currentTarget.checked })
          }
        />
        {asked.enabled && <Terms asked={asked} onAsk={setAsked} disabled={!mayChange} />}
        {tried && missing && (
          <Alert color="red" variant="light" role="alert">
            {t("forms.needs")}
          </Alert>
        )}
        {forms.enabled && (
          <Alert color="blue" variant="light">
            {t("forms.paste")}
          </Alert>
        )}
        {mayChange && (
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending}>
              {t("forms.save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

interface TermsProps {
  asked: Asked;
  onAsk: (asked: Asked) => void;
  disabled: boolean;
}

/** On which basis, and what the visitors are told. */
function Terms({ asked, onAsk, disabled }: TermsProps) {
  const { t } = useSpeech();
  return (
    <>
      <Select
        label={t("forms.basis")}
        description={t("forms.basisHint")}
        data={BASES.map((basis) => ({
          value: basis,
          label: t(`forms.basis.${basis}`),
        }))}
        value={asked.basis}
        disabled={disabled}
        onChange={(basis) =>
          onAsk({ ...asked, basis: BASES.find((one) => one === basis) ?? null })
        }
      />
      <div>
        <Text size="sm" fw={500}>
          {t("forms.notices")}
        </Text>
        <Text size="xs" c="dimmed">
          {t("forms.noticesHint")}
        </Text>
      </div>
      {LANGUAGES.map((language) => (
        <Textarea
          key={language}
          lang={language}
          label={t(`forms.notice.${language}`)}
          value={asked.notices[language]}
          maxLength={2000}
          rows={4}
          disabled={disabled}
          onChange={({ currentTarget }) =>
            onAsk({
              ...asked,
              notices: { ...asked.notices, [language]: currentTarget.value },
            })
          }
        />
      ))}
    </>
  );
}
