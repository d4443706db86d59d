import { useState } from "react";

import type { MadeAlertRule } from "../../api/model";
import { LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useCreateRule } from "./queries";
import { RuleForm } from "./RuleForm";
import { newDraft, type Kind } from "./rules";
import { SecretShown } from "./Webhook";

interface NewRuleProps {
  kind: Kind | undefined;
  onCreated: (ruleId: string) => void;
  onCancel: () => void;
}

export function NewRule({ kind = "anomaly", onCreated, onCancel }: NewRuleProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const create = useCreateRule();
  const [made, setMade] = useState<MadeAlertRule | null>(null);
  return (
    <Page
      title={t("alert.new")}
      intro={
        <LinkText to="/alerts" inherit>
          {t("alert.back")}
        </LinkText>
      }
    >
      <RuleForm
        draft={newDraft(kind)}
        name=""
        webhookUrl=""
        send={t("alert.create")}
        sending={create.isPending}
        error={create.error}
        onCancel={onCancel}
        onSend={({ terms, name, webhookUrl }) =>
          create.mutate(
            { ...terms, name, webhookUrl, enabled: true },
            {
              onSuccess: (rule) => {
                toasts.say(t("alert.created"));
                if (rule.webhookSecret === null) onCreated(rule.id);
                else setMade(rule);
              },
            },
          )
        }
      />
      {made?.webhookSecret && (
        <SecretShown
          ruleId={made.id}
          secret={made.webhookSecret}
          onClose={() => onCreated(made.id)}
        />
      )}
    </Page>
  );
}
