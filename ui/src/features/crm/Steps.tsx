import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ListedSource } from "../../api/model";
import { Copied } from "../../components/Copied";
import { Panel } from "../../components/Panel";
import { Step, Steps as Numbered } from "../../components/Steps";
import { useSpeech } from "../../lib/i18n";
import { AppKey } from "./AppKey";
import { CameCheck, PersonCheck, VisitorCheck } from "./Checks";
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
      <Numbered>
        <CrmStep step="field">
          <Copied text={VISITOR_FIELD} />
        </CrmStep>
        <CrmStep step="form">
          <Copied text={VISITOR_FIELD} />
          <VisitorCheck {...checked} />
        </CrmStep>
        <CrmStep step="workflow">
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
        </CrmStep>
        <CrmStep step="data">
          <Copied
            block
            what={t("crm.step.body")}
            text={JSON.stringify(GHL_DATA, null, 2)}
          />
          <PersonCheck {...checked} />
        </CrmStep>
        <CrmStep step="app">
          <AppKey key={source.publicKey} source={source} />
        </CrmStep>
      </Numbered>
    </Panel>
  );
}

interface StepProps {
  step: "field" | "form" | "workflow" | "data" | "app";
  children: ReactNode;
}

function CrmStep({ step, children }: StepProps) {
  const { t } = useSpeech();
  return (
    <Step title={t(`crm.step.${step}`)} text={t(`crm.step.${step}Text`)}>
      {children}
    </Step>
  );
}
