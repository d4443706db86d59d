import { useState } from "react";

import type { AlertRule } from "../../api/model";
import { LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { useChangeRule } from "./queries";
import { RuleForm } from "./RuleForm";
import { draftOf } from "./rules";
import { SecretShown } from "./Webhook";

interface EditRuleProps {
  rule: AlertRule;
  onEditing: (editing: boolean) => void;
}

export function EditRule({ rule, onEditing }: EditRuleProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangeRule(rule.id);
  // As it was when editing began: news must not write over what somebody writes.
  const [first] = useState(rule);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Page
      title={t("alert.edit")}
      intro={
        <LinkText to="/alerts/$ruleId" params={{ ruleId: rule.id }} inherit>
          {rule.name}
        </LinkText>
      }
    >
      <RuleForm
        draft={draftOf(first)}
        name={first.name}
        webhookUrl={first.webhookUrl ?? ""}
        send={t("action.save")}
        sending={change.isPending}
        error={change.error}
        onCancel={() => onEditing(false)}
        onSend={({ terms, name, webhookUrl }) =>
          change.mutate(
            { ...terms, name, webhookUrl },
            {
              onSuccess: (changed) => {
                toasts.saved();
                if (changed.webhookSecret === null) onEditing(false);
                else setSecret(changed.webhookSecret);
              },
            },
          )
        }
      />
      {secret !== null && (
        <SecretShown ruleId={rule.id} secret={secret} onClose={() => onEditing(false)} />
      )}
    </Page>
  );
}
