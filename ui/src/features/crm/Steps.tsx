import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ListedSource } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { AppKey } from "./AppKey";
import { CameCheck, PersonCheck, VisitorCheck } from "./Checks";
import { Copied } from "./Copied";
import classes from "./Crm.module.css";
import { GHL_DATA, SECRET_HEADER, VISITOR_FIELD } from "./payload";
import { receivedQuery } from "./queries";

interface StepsProps {
  source: ListedSource;
  secret: string | undefined;
}

/** GoHighLevel, step by step, each checked by what came last. */
export function Steps({ source, secret }: StepsProps) {
  const { t } = useSpeech();
  const received = useQuery(receivedQuery(source.id));
  const last = received.data?.items[0];
  const checked = { sourceId: source.id, last };
  return (
    <Panel title={t("crm.steps")} hint={t("crm.stepsHint")}>
      <ol className={classes.steps}>
        <Step step="field">
          <Copied text={VISITOR_FIELD} />
        </Step>
        <Step step="form">
          <Copied text={VISITOR_FIELD} />
          <VisitorCheck {...checked} />
        </Step>
        <Step step="workflow">
          <Copied what={t("crm.step.url")} text={`${location.origin}${source.path}`} />
          <Copied what={t("crm.step.header")} text={SECRET_HEADER} />
          {secret === undefined ? (
            <Text size="sm" c="dimmed">
              {t("crm.step.valueHidden")}
            </Text>
          ) : (
            <Copied what={t("crm.step.value")} text={secret} />
          )}
          <CameCheck {...checked} />
        </Step>
        <Step step="data">
          <Copied
            block
            what={t("crm.step.body")}
            text={JSON.stringify(GHL_DATA, null, 2)}
          />
          <PersonCheck {...checked} />
        </Step>
        <Step step="app">
          <AppKey key={source.publicKey} source={source} />
        </Step>
      </ol>
    </Panel>
  );
}

interface StepProps {
  step: "field" | "form" | "workflow" | "data" | "app";
  children: ReactNode;
}

function Step({ step, children }: StepProps) {
  const { t } = useSpeech();
  return (
    <li className={classes.step}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {t(`crm.step.${step}`)}
        </Title>
        <Text size="sm" c="dimmed">
          {t(`crm.step.${step}Text`)}
        </Text>
        {children}
      </Stack>
    </li>
  );
}
