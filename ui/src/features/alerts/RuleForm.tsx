import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import { ApiError } from "../../api/client";
import type { PreviewAlertRule } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import classes from "./Alerts.module.css";
import { ConditionFields } from "./ConditionFields";
import { KindChooser } from "./KindChooser";
import { Preview } from "./Preview";
import { ofKind, termsOf, type Draft } from "./rules";
import { useRuleWords } from "./words";

export interface Sent {
  terms: PreviewAlertRule;
  name: string;
  webhookUrl: string | null;
}

interface RuleFormProps {
  draft: Draft;
  name: string;
  webhookUrl: string;
  send: string;
  sending: boolean;
  error: Error | null;
  onSend: (rule: Sent) => void;
  onCancel: () => void;
}

/** What a rule watches, drawn while it is written, and whom it tells. */
export function RuleForm(props: RuleFormProps) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const ruleWords = useRuleWords();
  const [draft, setDraft] = useState(props.draft);
  const [name, setName] = useState(props.name);
  const [webhook, setWebhook] = useState(props.webhookUrl);
  const [tried, setTried] = useState(false);
  const url = webhook.trim();
  const wrongUrl = url !== "" && !isWebAddress(url);
  const refusedUrl =
    props.error instanceof ApiError && props.error.code === "bad_webhook_url";

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    const terms = termsOf(draft);
    if (terms === undefined || wrongUrl || props.sending) return;
    props.onSend({
      terms,
      // Whoever gives no name gets the condition, which is one.
      name: name.trim() || ruleWords(draft).slice(0, 200),
      webhookUrl: url === "" ? null : url,
    });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Panel>
          <KindChooser
            kind={draft.kind}
            onKind={(kind) => setDraft(ofKind(draft, kind))}
          />
        </Panel>
        <div className={classes.form}>
          <Panel title={t("alert.condition")}>
            <ConditionFields
              draft={draft}
              tried={tried}
              onDraft={(changes) => setDraft({ ...draft, ...changes })}
            />
          </Panel>
          <Preview draft={draft} />
        </div>
        <Panel title={t("alert.tell")}>
          <Stack gap="md" maw={560}>
            <TextInput
              label={t("alert.name")}
              placeholder={ruleWords(draft)}
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t("alert.webhook")}
              description={t("alert.webhookHint")}
              placeholder={t("alert.webhookExample")}
              type="url"
              inputMode="url"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={2048}
              value={webhook}
              error={
                ((wrongUrl && tried) || refusedUrl) &&
                t(refusedUrl ? "error.bad_webhook_url" : "alert.webhookWrong")
              }
              onChange={(event) => setWebhook(event.currentTarget.value)}
            />
          </Stack>
        </Panel>
        {props.error !== null && !refusedUrl && (
          <Alert color="red" variant="light" role="alert">
            {errorText(props.error)}
          </Alert>
        )}
        <Group gap="xs">
          <Button type="submit" loading={props.sending}>
            {props.send}
          </Button>
          <Button variant="default" onClick={props.onCancel}>
            {t("action.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
